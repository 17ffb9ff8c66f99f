"""OpenSanctions' flat export of parties."""
