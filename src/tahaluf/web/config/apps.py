from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "tahaluf.web.config"
    label = "desk"
