"""`/match` and its kin, as yente serves them: OpenSanctions' clients work unchanged."""
