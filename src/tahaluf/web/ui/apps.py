"""Makes this folder an app of Django and, when the desk starts, ties in how the desk looks."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "tahaluf.web.ui"
    label = "ui"
