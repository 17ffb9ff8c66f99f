"""The pages of review: the queue, an alert, what is done on them, remembered false positives."""
