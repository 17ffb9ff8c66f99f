"""The pages of this app."""

from django.urls import URLPattern, URLResolver, path

from tahaluf.web.monitoring import views, webhookviews

app_name = "monitoring"
urlpatterns: list[URLPattern | URLResolver] = [
    path("subjects/", views.show_subjects, name="subjects"),
    path("subjects/add/", views.add_subject, name="add"),
    path("subjects/add/file/", views.upload, name="upload"),
    path("subjects/files/<int:pk>/", views.show_file, name="file"),
    path("subjects/files/<int:pk>/rejects.csv", views.rejects, name="rejects"),
    path("subjects/<int:pk>/", views.show_subject, name="subject"),
    path("subjects/<int:pk>/unwatch/", views.stop_watching, name="unwatch"),
    path("monitoring/", views.show_monitoring, name="monitoring"),
    path("monitoring/feed.json", views.feed, name="feed"),
    path("webhooks/", webhookviews.show_webhooks, name="webhooks"),
    path("webhooks/<int:pk>/", webhookviews.show_webhook, name="webhook"),
    path("webhooks/<int:pk>/set/", webhookviews.set_active, name="webhook-set"),
    path("webhooks/<int:pk>/remove/", webhookviews.remove, name="webhook-remove"),
]
