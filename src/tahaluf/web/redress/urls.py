"""The pages of this app."""

from django.urls import URLPattern, URLResolver

app_name = "redress"
urlpatterns: list[URLPattern | URLResolver] = []
