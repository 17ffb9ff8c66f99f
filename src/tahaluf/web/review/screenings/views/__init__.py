"""The pages on which names and files are screened."""
