"""The pages of screening and review."""

from django.urls import URLPattern, URLResolver

from tahaluf.web.review.alerts.urls import urlpatterns as alerts
from tahaluf.web.review.purposes.urls import urlpatterns as purposes
from tahaluf.web.review.reports.urls import urlpatterns as reports
from tahaluf.web.review.screenings.urls import urlpatterns as screenings

app_name = "review"
urlpatterns: list[URLPattern | URLResolver] = [*screenings, *alerts, *purposes, *reports]
