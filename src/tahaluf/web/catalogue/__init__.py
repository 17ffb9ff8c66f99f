"""The lists: sources, their versions, what changed, the compiled indexes that all screen against, search."""
