"""The addresses of the desk."""

from django.urls import URLPattern, URLResolver, include, path

from tahaluf.web.config.home import home

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("account/sessions/", include("allauth.usersessions.urls")),
    path("", include("tahaluf.web.common.urls")),
    path("", include("tahaluf.web.ui.urls")),
    path("", include("tahaluf.web.accounts.urls")),
    path("", include("tahaluf.web.catalogue.urls")),
    path("", include("tahaluf.web.review.urls")),
    path("", include("tahaluf.web.monitoring.urls")),
    path("", include("tahaluf.web.redress.urls")),
    path("", include("tahaluf.web.api.urls")),
]
