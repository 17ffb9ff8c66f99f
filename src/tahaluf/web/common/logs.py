"""Logs as JSON lines: time, level, where from, message; no personal data, no secrets."""

import logging

import orjson


class Lines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "at": self.formatTime(record),
            "level": record.levelname,
            "from": record.name,
            "text": record.getMessage(),
        }
        return orjson.dumps(told).decode()
