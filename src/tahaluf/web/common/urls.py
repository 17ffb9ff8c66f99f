"""The pages of this app."""

from django.urls import URLPattern, URLResolver, path, re_path

from tahaluf.web.common.audit.views import export_audit, show_audit
from tahaluf.web.common.health.views import healthz, metrics

app_name = "common"
urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("metrics", metrics, name="metrics"),
    path("audit/", show_audit, name="audit"),
    re_path(r"^audit/export\.(?P<form>csv|jsonl)$", export_audit, name="audit_export"),
]
