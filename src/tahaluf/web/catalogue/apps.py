"""The lists: sources, their versions, what changed, the compiled indexes that all screen against, search."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "tahaluf.web.catalogue"
    label = "catalogue"

    def ready(self) -> None:
        from tahaluf.web.catalogue import acts
        from tahaluf.web.catalogue.jobs import register_all
        from tahaluf.web.common.audit import words

        register_all()
        words.register(acts.ACTIONS, acts.THINGS)
