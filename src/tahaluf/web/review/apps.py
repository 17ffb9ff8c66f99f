from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "tahaluf.web.review"
    label = "review"
