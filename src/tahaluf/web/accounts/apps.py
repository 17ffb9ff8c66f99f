from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "tahaluf.web.accounts"
    label = "accounts"
