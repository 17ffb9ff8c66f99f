"""The app of what every other needs; lines up the jobs that keep the desk tidy."""

from datetime import timedelta

from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "tahaluf.web.common"
    label = "common"

    def ready(self) -> None:
        from tahaluf.web.common import tidying
        from tahaluf.web.common.audit import words
        from tahaluf.web.common.jobs import queue, sweeping, working
        from tahaluf.web.common.jobs.scheduling import schedule
        from tahaluf.web.common.jobs.services import register

        queue.set_runner(working.run)
        register("common.prune", lambda _running: sweeping.prune())
        schedule("common.prune", timedelta(days=1))
        register(tidying.JOB, tidying.tidy)
        schedule(tidying.JOB, tidying.EVERY)
        words.register(words.COMMON)
