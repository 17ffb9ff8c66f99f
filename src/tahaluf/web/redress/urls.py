"""The pages of this app."""

from django.urls import URLPattern, URLResolver, path

from tahaluf.web.redress import views

app_name = "redress"
urlpatterns: list[URLPattern | URLResolver] = [
    path("complaints/", views.show_complaints, name="complaints"),
    path("complaints/new/", views.new_complaint, name="new"),
    path("complaints/<int:pk>/", views.show_complaint, name="complaint"),
    path("complaints/<int:pk>/<slug:act>/", views.act, name="act"),
    path("complaints/<int:pk>/letters/<int:step>.pdf", views.letter, name="letter"),
]
