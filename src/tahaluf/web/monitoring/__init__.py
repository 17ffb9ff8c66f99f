"""Subjects that are watched: screened again when a list changes, by the difference only; webhooks and a feed."""
