"""The app that knows every other."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "tahaluf.web.config"
    label = "desk"

    def ready(self) -> None:
        from tahaluf.web.common.audit import words
        from tahaluf.web.config import acts
        from tahaluf.web.config.watching import watch

        watch()
        words.register(acts.ACTIONS)
