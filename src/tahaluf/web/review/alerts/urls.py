"""The queue and its alerts."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
