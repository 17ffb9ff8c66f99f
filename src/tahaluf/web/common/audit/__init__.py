"""The audit log: who saw and did what, when; appended only, each entry holding the hash of the one before."""
