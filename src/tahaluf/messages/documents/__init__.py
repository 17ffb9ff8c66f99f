"""Registers of stolen, lost and revoked documents that an office keeps, as listings to screen against.

Reach for `read_register` to import a file; screening finds the documents by their numbers.
"""

from tahaluf.messages.documents.read import DATASET, read_register

__all__ = ["DATASET", "read_register"]
