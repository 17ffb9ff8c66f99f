"""Purposes and their thresholds; deletion."""

from django.urls import URLPattern, path

from tahaluf.web.review.purposes.forms import NEW
from tahaluf.web.review.purposes.views import purposes, retention

urlpatterns: list[URLPattern] = [
    path("purposes/", purposes.show_purposes, name="purposes"),
    path(f"purposes/{NEW}/", purposes.new_purpose, name="new-purpose"),
    path("purposes/<slug:slug>/", purposes.show_purpose, name="purpose"),
    path("purposes/<slug:slug>/preview/", purposes.preview, name="preview"),
    path("purposes/<slug:slug>/threshold/", purposes.set_threshold, name="threshold"),
    path("purposes/<slug:slug>/edit/", purposes.edit_purpose, name="edit-purpose"),
    path("retention/", retention.show_retention, name="retention"),
    path("retention/delete/", retention.delete_due, name="delete-due"),
]
