"""`/api/v1/`: jobs, lists, listings, screenings, alerts, decisions, for programs."""
