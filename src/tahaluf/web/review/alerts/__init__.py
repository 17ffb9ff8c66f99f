"""Alerts and what people decide on them: the queue, two pairs of eyes, false positives that are remembered."""
