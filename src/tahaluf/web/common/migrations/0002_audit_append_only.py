"""The audit log is appended to only, by the database too."""

from typing import Any

from django.db import migrations

from tahaluf.web.common.audit import guarding


def install(apps: Any, editor: Any) -> None:
    guarding.install(editor.connection)


def remove(apps: Any, editor: Any) -> None:
    guarding.remove(editor.connection)


class Migration(migrations.Migration):
    dependencies = [("common", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
