"""The addresses of the desk."""

from django.urls import URLPattern, URLResolver, include, path

from tahaluf.web.config.home import home
from tahaluf.web.ui import errors

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.broken

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("account/", include("tahaluf.web.accounts.entrance")),
    path("", include("tahaluf.web.common.urls")),
    path("", include("tahaluf.web.ui.urls")),
    path("", include("tahaluf.web.accounts.urls")),
    path("", include("tahaluf.web.catalogue.urls")),
    path("", include("tahaluf.web.review.urls")),
    path("", include("tahaluf.web.monitoring.urls")),
    path("", include("tahaluf.web.redress.urls")),
    path("", include("tahaluf.web.api.urls")),
]
