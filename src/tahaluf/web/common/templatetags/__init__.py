"""Filters and tags for the templates of this app."""
