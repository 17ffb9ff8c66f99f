"""Makes this folder an app of Django and, when the desk starts, ties in watched subjects."""

from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "tahaluf.web.monitoring"
    label = "monitoring"

    def ready(self) -> None:
        from tahaluf.web.catalogue.ports import LISTENERS, NEEDED
        from tahaluf.web.common.audit import words
        from tahaluf.web.common.jobs import services as jobs
        from tahaluf.web.common.jobs.scheduling import schedule
        from tahaluf.web.monitoring import acts, deleting, importing, pending, rescreening, sweeping, webhooks
        from tahaluf.web.review.purposes.ports import THRESHOLD_CHANGED

        LISTENERS.append(sweeping.ask_sweep)
        NEEDED.append(sweeping.unfinished_editions)
        THRESHOLD_CHANGED.append(rescreening.ask_rescreening)
        jobs.register(rescreening.JOB, rescreening.mark_pending)
        jobs.register(sweeping.JOB, sweeping.sweep_all)
        jobs.register(pending.JOB, pending.screen_pending)
        jobs.register(webhooks.JOB, webhooks.deliver_due)
        jobs.register(importing.JOB, importing.import_subjects, importing.ended)
        jobs.register(deleting.JOB, deleting.delete_due)
        for job in (sweeping, pending, webhooks, deleting):
            schedule(job.JOB, job.EVERY)
        words.register(acts.ACTIONS, acts.THINGS)
