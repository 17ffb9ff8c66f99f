"""Thin commands over the packages; the only prose for people outside the web lives here."""
