"""The app that knows every other."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "tahaluf.web.config"
    label = "desk"

    def ready(self) -> None:
        from tahaluf.web.config.watching import watch

        watch()
