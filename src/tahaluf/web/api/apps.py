"""The API as Django's app."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "tahaluf.web.api"
    label = "api"

    def ready(self) -> None:
        from tahaluf.web.api import acts
        from tahaluf.web.common.audit import words

        words.register(acts.ACTIONS)
