"""What a listing is searched by beside the engine: the words of its names, folded, and the numbers of its documents.

One name a line, each word after a space; a number stands alone on a line after `#`. The engine weighs evidence and
so finds nothing by one common word; whoever searches for a word wants to see who bears it.
"""

from tahaluf.domain import Listing
from tahaluf.names.fold import fold
from tahaluf.names.tokenize import split_words

MOST_LETTERS = 20_000
MOST_WORDS = 12


def words_of(listing: Listing) -> str:
    """The lines of a listing."""
    names = dict.fromkeys(line_of(alias.text[:2000]) for alias in listing.names)
    numbers = dict.fromkeys(f"#{number_of(document.number)}" for document in listing.documents)
    return ("\n".join((*numbers, *names)))[:MOST_LETTERS] + "\n"


def number_of(text: str) -> str:
    """A document's number without what is written in some places and not in others."""
    return "".join(char for char in fold(text) if char.isalnum())[:100]


def line_of(name: str) -> str:
    """One name, each word after a space; the Arabic article is left out."""
    return " ".join(("", *map(_bare, split_words(name))))


def sought_words(text: str) -> list[str]:
    """The words typed, each as it begins in a line."""
    return [f" {_bare(word)}" for word in split_words(text[:500])[:MOST_WORDS]]


def _bare(word: str) -> str:
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


def line_with(words: str, sought: list[str]) -> bool:
    """Whether one name has all the words, or words that begin so."""
    return any(all(word in line for word in sought) for line in words.splitlines())
