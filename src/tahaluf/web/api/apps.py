"""The API as Django's app."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "tahaluf.web.api"
    label = "api"
