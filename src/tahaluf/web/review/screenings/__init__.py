"""Screening one name in a form, or a file: columns confirmed, a job with progress, results, rejects."""
