"""The pages of purposes and of deletion."""
