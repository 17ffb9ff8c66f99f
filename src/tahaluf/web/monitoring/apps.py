"""Makes this folder an app of Django and, when the desk starts, ties in watched subjects."""

from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "tahaluf.web.monitoring"
    label = "monitoring"

    def ready(self) -> None:
        from tahaluf.web.catalogue.ports import LISTENERS
        from tahaluf.web.common.jobs import services as jobs
        from tahaluf.web.common.jobs.scheduling import schedule
        from tahaluf.web.monitoring import deleting, importing, pending, sweeping, webhooks

        LISTENERS.append(sweeping.ask_sweep)
        jobs.register(sweeping.JOB, sweeping.sweep_all)
        jobs.register(pending.JOB, pending.screen_pending)
        jobs.register(webhooks.JOB, webhooks.deliver_due)
        jobs.register(importing.JOB, importing.import_subjects)
        jobs.register(deleting.JOB, deleting.delete_due)
        for job in (sweeping, pending, webhooks, deleting):
            schedule(job.JOB, job.EVERY)
