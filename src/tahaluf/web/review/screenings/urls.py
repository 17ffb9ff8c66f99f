"""Names and files."""

from django.urls import URLPattern, path

from tahaluf.web.review.screenings.views import files, names, screenings

urlpatterns: list[URLPattern] = [
    path("screen/", names.show_form, name="screen"),
    path("screen/try/", names.try_names, name="try"),
    path("screen/record/", names.record_name, name="record"),
    path("screen/file/", files.show_upload, name="screen-file"),
    path("screen/upload/", files.upload, name="upload"),
    path("screenings/", screenings.show_screenings, name="screenings"),
    path("screenings/<uuid:pk>/", screenings.show_screening, name="screening"),
    path("screenings/<uuid:pk>/progress/", screenings.show_progress, name="progress"),
    path("screenings/<uuid:pk>/confirm/", files.confirm, name="confirm"),
    path("screenings/<uuid:pk>/cancel/", screenings.cancel_screening, name="cancel"),
    path("screenings/<uuid:pk>/again/", screenings.repeat_screening, name="again"),
    path("screenings/<uuid:pk>/<str:what>", screenings.download, name="download"),
]
