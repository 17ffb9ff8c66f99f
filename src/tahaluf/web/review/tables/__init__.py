"""The tables of screening and review, apart from what is done with them: each module builds on the one before."""
