"""The words for people: problems, reasons, labels and values in Arabic, French and English.

The core knows stable codes and values; whoever shows them (the command line, the desk) reaches for this.
"""
