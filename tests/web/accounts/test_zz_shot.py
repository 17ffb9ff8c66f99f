import os

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
import pytest
from playwright.sync_api import sync_playwright

from tahaluf.web.accounts.models import User
from tahaluf.web.accounts.services import create_person, deactivate, invite, make_token


@pytest.mark.parametrize("lang", ["fr", "ar"])
def test_shots(live_server, transactional_db, person, lang, settings):
    from tahaluf.web.accounts.permissions import Role

    admin = person(Role.ADMINISTRATOR)
    User.objects.filter(pk=admin.pk).update(language=lang, first_name="João", last_name="Pereira")
    an = person(Role.ANALYST)
    User.objects.filter(pk=an.pk).update(first_name="عائشة", last_name="كيتا", office="الرباط")
    sup = person(Role.SUPERVISOR)
    person(Role.AUDITOR)
    gone = person(Role.PRESS)
    deactivate(gone, admin)
    p = create_person(
        "leila.mansour", by=admin, roles=["reviewer"], first_name="ليلى", last_name="منصور", office="Nouakchott"
    )
    make_token(an, "nightly run", ["match", "read"], 30)
    with sync_playwright() as pw:
        b = pw.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        ctx = b.new_context(viewport={"width": 1200, "height": 800}, locale=lang)
        page = ctx.new_page()
        msgs = []
        page.on("console", lambda m: msgs.append(m.text))
        page.on("pageerror", lambda e: msgs.append(str(e)))
        u = live_server.url

        def shot(n):
            page.screenshot(path=f"/tmp/shots/{lang}-{n}.png", full_page=True)

        page.goto(u + invite(p, admin))
        shot("01-invitation")
        page.goto(u + "/account/login/")
        page.fill("[name=login]", "x")
        page.fill("[name=password]", "y")
        page.click("main button")
        shot("02-login")
        page.fill("[name=login]", admin.username)
        page.fill("[name=password]", "a long enough phrase")
        page.click("main button")
        page.wait_for_url(u + "/")
        for n, path in enumerate(
            [
                "/people/",
                "/people/permissions/",
                "/people/new/",
                f"/people/{an.pk}/",
                "/account/settings/",
                "/account/tokens/",
                "/account/sessions/",
                "/account/2fa/",
                "/account/2fa/totp/activate/",
                "/account/password/",
            ],
            3,
        ):
            page.goto(u + path)
            shot(f"{n:02}{path.strip('/').replace('/', '-')}")
        page.goto(u + f"/people/{an.pk}/")
        page.click("button[value=link]")
        shot("20-link")
        page.goto(u + f"/people/{an.pk}/")
        page.click("button[data-confirm='#ask-off']")
        page.screenshot(path=f"/tmp/shots/{lang}-21-ask.png")
        page.set_viewport_size({"width": 390, "height": 800})
        for n, path in enumerate(["/people/", "/account/settings/", f"/people/{an.pk}/"], 30):
            page.goto(u + path)
            shot(f"{n}-phone")
        axe = open("/tmp/npm/node_modules/axe-core/axe.min.js").read()
        page.set_viewport_size({"width": 1200, "height": 800})
        for path in [
            "/people/",
            "/people/permissions/",
            "/people/new/",
            f"/people/{an.pk}/",
            "/account/settings/",
            "/account/tokens/",
            "/account/sessions/",
            "/account/2fa/",
            "/account/2fa/totp/activate/",
            "/account/password/",
        ]:
            page.goto(u + path)
            page.evaluate(axe)
            r = page.evaluate("axe.run()")
            for v in r["violations"]:
                print(path, v["id"], v["help"], [x["html"][:120] for x in v["nodes"]][:3])
        b.close()
    print("CONSOLE", msgs)
