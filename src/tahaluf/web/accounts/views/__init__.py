"""The pages of people, roles, tokens and preferences."""
