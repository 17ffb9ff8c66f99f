"""A list's file becomes a version of it: read, compared with the one before, stored, and only then seen by anyone."""
