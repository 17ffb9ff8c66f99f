"""Screenings and the review of their alerts: purposes, files, queue, decisions of two people, retention, reports."""
