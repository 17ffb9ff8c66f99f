"""What Prometheus is told: requests as they come, and what stands in the database when it asks.

Several server processes add up their counts in the folder PROMETHEUS_MULTIPROC_DIR, which `serve` makes and empties.
"""

import os
from collections.abc import Callable, Iterator

from django.db.models import Count, Min
from django.utils import timezone
from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from tahaluf.web.common.jobs.models import Job, JobState, Worker
from tahaluf.web.common.jobs.process import SEEN_WITHIN

REQUESTS = Counter("tahaluf_requests", "Requests answered", ["view", "method", "status"])
SECONDS = Histogram(
    "tahaluf_request_seconds",
    "How long requests took",
    ["view", "method"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
Gauge = Callable[[], GaugeMetricFamily]


def jobs_by_state() -> GaugeMetricFamily:
    family = GaugeMetricFamily("tahaluf_jobs", "Jobs by state", labels=["state"])
    counts = dict(Job.objects.values_list("state").annotate(Count("pk")))
    for state in JobState.values:
        family.add_metric([state], counts.get(state, 0))
    return family


def oldest_waiting() -> GaugeMetricFamily:
    now = timezone.now()
    due = Job.objects.filter(state=JobState.QUEUED).exclude(not_before__gt=now)
    eldest = due.aggregate(at=Min("created_at"))["at"]
    age = (now - eldest).total_seconds() if eldest else 0
    return GaugeMetricFamily("tahaluf_oldest_job_seconds", "Age of the oldest job that is due and waits", value=age)


def workers() -> GaugeMetricFamily:
    seen = Worker.objects.filter(seen_at__gt=timezone.now() - SEEN_WITHIN).count()
    return GaugeMetricFamily("tahaluf_workers", "Worker processes that have lately said that they live", value=seen)


# Layers above add theirs when they start.
GAUGES: list[Gauge] = [jobs_by_state, oldest_waiting, workers]


class _Stored(Collector):
    def collect(self) -> Iterator[GaugeMetricFamily]:
        for gauge in GAUGES:
            yield gauge()


def exposition() -> bytes:
    """Everything, in Prometheus' text form."""
    registry = CollectorRegistry()
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        counted = generate_latest(registry)
    else:
        counted = generate_latest(REGISTRY)
    stored = CollectorRegistry()
    stored.register(_Stored())
    return counted + generate_latest(stored)
