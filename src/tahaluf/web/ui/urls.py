"""The pages of this app."""

from django.urls import URLPattern, URLResolver, path

from tahaluf.web.ui.views import components

app_name = "ui"
urlpatterns: list[URLPattern | URLResolver] = [path("components/", components, name="components")]
