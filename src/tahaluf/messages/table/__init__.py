"""Subjects in tables, whatever the format: `read.read_table` gives batches, `rejects` what could not be used."""
