"""Makes this folder an app of Django and, when the desk starts, ties in screenings and alerts."""

from datetime import timedelta

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "tahaluf.web.review"
    label = "review"

    def ready(self) -> None:
        from tahaluf.web.accounts.ports import PURPOSES
        from tahaluf.web.catalogue import ports
        from tahaluf.web.common import tidying
        from tahaluf.web.common.audit import words
        from tahaluf.web.common.jobs.scheduling import schedule
        from tahaluf.web.common.jobs.services import register
        from tahaluf.web.review.alerts import acts as alerts
        from tahaluf.web.review.alerts.references import references_to_listing
        from tahaluf.web.review.purposes import acts as purposes
        from tahaluf.web.review.purposes import retention
        from tahaluf.web.review.purposes.queries import choices
        from tahaluf.web.review.screenings import acts as screenings
        from tahaluf.web.review.screenings import queries, running

        register(running.KIND, running.screen_file, running.ended)
        ports.NEEDED.append(queries.pinned_editions)
        register(retention.KIND, retention.delete_due)
        schedule(retention.KIND, timedelta(days=1))
        tidying.KEEPERS.append(queries.kept_files)
        PURPOSES.append(choices)
        ports.REFERENCES.append(references_to_listing)
        for acts in (alerts, purposes, screenings):
            words.register(acts.ACTIONS, acts.THINGS)
