from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "tahaluf.web.ui"
    label = "ui"
