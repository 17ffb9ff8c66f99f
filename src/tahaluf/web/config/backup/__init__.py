"""The whole desk in one file, and back: the database as it stood at one moment, then the files that it speaks of."""
