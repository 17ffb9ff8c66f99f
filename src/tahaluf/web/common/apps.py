from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "tahaluf.web.common"
    label = "common"
