"""Hits as JSON lines without a `Hit` for each: from arrays, the same bytes as `export.render_hits`.

Reach for `choose` to take the hits of a batch out of what was found, and for `write` to write them.
"""
