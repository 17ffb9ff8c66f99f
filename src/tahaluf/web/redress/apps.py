"""Makes this folder an app of Django and, when the desk starts, ties in complaints."""

from django.apps import AppConfig


class RedressConfig(AppConfig):
    name = "tahaluf.web.redress"
    label = "redress"

    def ready(self) -> None:
        from tahaluf.web.common.audit import words
        from tahaluf.web.common.jobs import services as jobs
        from tahaluf.web.common.jobs.scheduling import schedule
        from tahaluf.web.redress import acts, deleting, holds
        from tahaluf.web.review.alerts.ports import CONCERNS
        from tahaluf.web.review.purposes.retention import HOLDS

        CONCERNS.append(holds.concerns_of)
        HOLDS.append(holds.is_contested)
        jobs.register(deleting.JOB, deleting.delete_due)
        schedule(deleting.JOB, deleting.EVERY)
        words.register(acts.ACTIONS, acts.THINGS)
