"""How the learned tables are made: run by `scripts/train_likeness.py` and `scripts/train_score.py`."""
