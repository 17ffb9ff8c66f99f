"""Purposes and their thresholds."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
