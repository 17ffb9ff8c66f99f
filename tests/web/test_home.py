from collections.abc import Callable

from django.test import Client

from tahaluf.web.accounts.models import User


def test_a_stranger_is_sent_to_sign_in(client: Client, db: None) -> None:
    assert client.get("/").headers["Location"].startswith("/account/login/")


def test_whoever_works_here_has_a_first_page(browse: Callable[[User], Client], analyst: User) -> None:
    assert browse(analyst).get("/").status_code == 200
