from django.apps import AppConfig


class RedressConfig(AppConfig):
    name = "tahaluf.web.redress"
    label = "redress"
