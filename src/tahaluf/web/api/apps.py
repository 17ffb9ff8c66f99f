from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "tahaluf.web.api"
    label = "api"
