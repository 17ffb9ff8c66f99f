"""Complaints of people who say that they are not meant, or wrongly listed: recorded, routed, answered, followed."""
