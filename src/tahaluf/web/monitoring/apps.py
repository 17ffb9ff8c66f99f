from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "tahaluf.web.monitoring"
    label = "monitoring"
