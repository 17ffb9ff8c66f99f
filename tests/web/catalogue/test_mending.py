"""An index that is damaged is made anew, but strangers who look at the health page cannot have that done again and
again; what killed compilations left goes."""

import os
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from tahaluf.web.catalogue import engine
from tahaluf.web.catalogue.files import INDEXES, data_path
from tahaluf.web.catalogue.models import Edition
from tahaluf.web.catalogue.services import ensure_default, import_file, rebuild
from tahaluf.web.common.jobs.models import Job, JobState

pytestmark = pytest.mark.django_db
MakeList = Callable[..., Path]


@pytest.fixture
def compiled(make_list: MakeList) -> Edition:
    import_file(make_list(a="Amal Nouri"), file_name="watch.json", by=None)
    return rebuild(ensure_default())


def test_looks_at_the_health_page_ask_once_in_a_while_for_a_new_index(
    client: Client, compiled: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(data_path(compiled.folder))
    monkeypatch.setattr(engine, "_open", engine.OrderedDict())
    asked = Job.objects.filter(kind=engine.REBUILD)
    for _ in range(3):
        client.get("/healthz")
        assert asked.count() == 1
        asked.update(state=JobState.FAILED)
    asked.update(created_at=timezone.now() - timedelta(hours=1))
    client.get("/healthz")
    assert asked.count() == 2


def test_what_killed_compilations_left_goes_after_a_day(make_list: MakeList, compiled: Edition) -> None:
    left = [data_path(INDEXES) / name for name in (".new-1", ".old-1", ".index-1")]
    lately = data_path(INDEXES) / ".index-2"
    for folder in (*left, lately):
        folder.mkdir()
        (folder / "part").write_bytes(b"x")
    for folder in left:
        os.utime(folder, (0, 0))
    import_file(make_list(a="Amal Nouri", b="Basel Qadri"), file_name="watch.json", by=None)
    rebuild(ensure_default())
    assert not [folder for folder in left if folder.exists()]
    assert lately.exists()
