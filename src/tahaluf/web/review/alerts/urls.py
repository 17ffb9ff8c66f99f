"""The queue and its alerts."""

from django.urls import URLPattern, path

from tahaluf.web.review.alerts.views import alert, exemptions, queue

urlpatterns: list[URLPattern] = [
    path("alerts/", queue.show_queue, name="queue"),
    path("alerts/assign/", queue.assign_alerts, name="assign"),
    path("alerts/take/", queue.take_next, name="take"),
    path("alerts/<int:pk>/", alert.show_alert, name="alert"),
    path("alerts/<int:pk>/decide/", alert.adjudicate, name="adjudicate"),
    path("alerts/<int:pk>/second/", alert.second, name="second"),
    path("alerts/<int:pk>/reopen/", alert.reopen, name="reopen"),
    path("alerts/<int:pk>/note/", alert.note, name="note"),
    path("alerts/<int:pk>/hold/", alert.hold, name="hold"),
    path("exemptions/", exemptions.show_exemptions, name="exemptions"),
    path("exemptions/<int:pk>/end/", exemptions.end_exemption, name="end_exemption"),
]
