"""The engine's compiled loops: neighbours of tokens, retrieval of names, alignment, features. All release the lock."""
