from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "tahaluf.web.catalogue"
    label = "catalogue"
