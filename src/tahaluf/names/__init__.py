"""Names as text, in every script that the lists are written in: fold, tokenize, romanize, compare. No file formats
here."""
