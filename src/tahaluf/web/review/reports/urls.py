"""Case files, spreadsheets, statistics."""

from django.urls import URLPattern, path

from tahaluf.web.review.reports import views

urlpatterns: list[URLPattern] = [
    path("alerts/<int:pk>/case.pdf", views.case, name="case"),
    path("alerts/queue.xlsx", views.queue_sheet, name="queue_sheet"),
    path("statistics/", views.show_statistics, name="statistics"),
    path("statistics/statistics.xlsx", views.statistics_sheet, name="statistics_sheet"),
]
