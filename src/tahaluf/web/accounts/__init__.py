"""Who works here: people, roles and what these may, sign-in, second factor, tokens, preferences."""
