"""A compiled index comes back as it was written, or is refused by name."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import fields
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tahaluf.domain import Alias, Document, IndexFileError, Kind, Listing
from tahaluf.names.likeness.model import likeness
from tahaluf.screening import engine_version, is_index
from tahaluf.screening.compile import compile_index
from tahaluf.screening.index.build import build_names
from tahaluf.screening.index.numbers import build_numbers
from tahaluf.screening.index.store import MANIFEST, pack_texts, read_index, write_index

LISTINGS = (
    Listing("t-1", Kind.PERSON, "test", (Alias("Zoubeir Ould Khatry Tarawely"), Alias("الزبير ولد خطري الطراولي"))),
    Listing("t-2", Kind.VESSEL, "test", (Alias("Noor Al Sahel"),)),
    Listing(
        "t-3", Kind.COMPANY, "other", (Alias("Société Baraka Transit SARL"),),
        documents=(Document("BAKOMLBAXXX", "swift/bic"), Document("RC 1471/07", "registration", "ml")),
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("compiled") / "index"
    compile_index(LISTINGS, folder)
    return folder


@pytest.fixture
def copy(compiled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(compiled, tmp_path / "index"))


def refusal(folder: Path, engine: str | None = None) -> str:
    with pytest.raises(IndexFileError) as refused:
        read_index(folder, engine or engine_version())
    return refused.value.problem.code


def rewrite(folder: Path, change: Callable[[dict[str, Any]], object], *, rehash: bool) -> None:
    """Change the manifest; with `rehash` its id is made to agree, so that only the check in question can refuse."""
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    change(manifest)
    if rehash:
        body = {key: manifest[key] for key in ("format", "engine", "datasets", "arrays")}
        manifest["id"] = sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()[:32]
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")


def test_every_array_comes_back_as_it_was_built(compiled: Path) -> None:
    whole = read_index(compiled, engine_version())
    built, stored = build_names(LISTINGS, likeness()), whole.names
    numbers = build_numbers(LISTINGS)
    pairs = [(f.name, getattr(numbers, f.name), getattr(whole.numbers, f.name)) for f in fields(numbers)]
    pairs += [(f.name, getattr(built, f.name), getattr(stored, f.name)) for f in fields(built) if f.name != "codes"]
    pairs += [(name, getattr(built.codes, name), getattr(stored.codes, name)) for name in built.codes._fields]
    for name, written, read in pairs:
        assert written.dtype == read.dtype, name
        np.testing.assert_array_equal(written, read, err_msg=name)


def test_texts_come_back_as_they_were_packed(tmp_path: Path) -> None:
    names = build_names(LISTINGS, likeness())
    own = [b"", "خطري".encode(), b"", b"Khatry"]
    texts = {stem: pack_texts([b"\x00"] * len(LISTINGS)) for stem in ("id", "caption", "attributes", "details")}
    datasets = [{"name": "test", "listings": len(LISTINGS)}]
    texts |= {"name": pack_texts(own), "words": pack_texts(own)}
    write_index(tmp_path / "index", names, build_numbers(LISTINGS), texts, engine="test", datasets=datasets)
    stored = read_index(tmp_path / "index", "test").texts
    assert [stored["name"][number] for number in range(len(stored["name"]))] == own
    assert stored["id"][2] == b"\x00"


def test_the_index_tells_its_lists_its_engine_and_what_its_listings_are(compiled: Path) -> None:
    stored = read_index(compiled, engine_version())
    assert stored.engine == engine_version()
    assert stored.datasets == [{"name": "other", "listings": 1}, {"name": "test", "listings": 2}]
    assert [stored.texts["id"][number] for number in range(3)] == [b"t-1", b"t-2", b"t-3"]
    assert json.loads(stored.texts["details"][1])["kind"] == "Vessel"


def test_the_id_is_the_hash_of_what_the_manifest_says(compiled: Path) -> None:
    manifest = json.loads((compiled / MANIFEST).read_text(encoding="utf-8"))
    body = {key: manifest[key] for key in manifest if key not in ("magic", "id")}
    assert manifest["id"] == sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()[:32]


def test_the_same_listings_give_the_same_bytes(compiled: Path, tmp_path: Path) -> None:
    compile_index(LISTINGS, tmp_path / "again")
    files = sorted(path.name for path in compiled.iterdir())
    assert files == sorted(path.name for path in (tmp_path / "again").iterdir())
    assert all((compiled / name).read_bytes() == (tmp_path / "again" / name).read_bytes() for name in files)


def test_other_listings_give_another_id(compiled: Path, tmp_path: Path) -> None:
    assert compile_index(LISTINGS[:2], tmp_path / "less") != read_index(compiled, engine_version()).index_id


def test_writing_over_a_folder_with_an_index_fails_and_leaves_it_whole(copy: Path) -> None:
    with pytest.raises(OSError):
        compile_index(LISTINGS[:1], copy)
    assert len(read_index(copy, engine_version()).texts["id"]) == len(LISTINGS)
    assert [path.name for path in copy.parent.iterdir()] == ["index"]


def test_a_flipped_byte_in_any_array_is_refused(copy: Path) -> None:
    for file in sorted(copy.glob("*.bin")):
        whole = file.read_bytes()
        for at in {0, len(whole) // 2, len(whole) - 1} if whole else ():
            file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
            assert refusal(copy) == "index.damaged", (file.name, at)
        file.write_bytes(whole)
    read_index(copy, engine_version())


def test_a_missing_array_is_refused(copy: Path) -> None:
    for file in sorted(copy.glob("*.bin")):
        whole = file.read_bytes()
        file.unlink()
        assert refusal(copy) == "index.damaged", file.name
        file.write_bytes(whole)


def test_a_shortened_or_lengthened_array_is_refused(copy: Path) -> None:
    for file in sorted(copy.glob("*.bin")):
        whole = file.read_bytes()
        for other in ([whole[:-1], b""] if whole else []) + [whole + b"\0"]:
            file.write_bytes(other)
            assert refusal(copy) == "index.damaged", (file.name, len(other))
        file.write_bytes(whole)


@pytest.mark.parametrize("byte", [0, 0x7F, 0xFF])
def test_a_manifest_that_is_cut_or_not_text_is_refused(copy: Path, byte: int) -> None:
    text = (copy / MANIFEST).read_bytes()
    (copy / MANIFEST).write_bytes(text[: len(text) // 2])
    assert refusal(copy) == "index.damaged"
    (copy / MANIFEST).write_bytes(bytes([byte]) + text)
    assert refusal(copy) == "index.damaged"


@pytest.mark.parametrize("arrays", [None, [], "owner"])
def test_a_manifest_whose_arrays_are_no_object_is_refused(copy: Path, arrays: object) -> None:
    rewrite(copy, lambda manifest: manifest.update(arrays=arrays), rehash=True)
    assert refusal(copy) == "index.damaged"


def test_a_manifest_nested_beyond_reason_is_refused(copy: Path) -> None:
    (copy / MANIFEST).write_text("[" * 200_000, encoding="utf-8")
    assert refusal(copy) == "index.damaged"


def test_a_folder_without_a_manifest_is_foreign(tmp_path: Path) -> None:
    (tmp_path / "photos.bin").write_bytes(b"1")
    assert not is_index(tmp_path)
    assert refusal(tmp_path) == "index.foreign"
    assert refusal(tmp_path / "absent") == "index.foreign"


@pytest.mark.parametrize("text", ["[]", "{}", "null", '{"magic": "another"}', '"tahaluf index"'])
def test_json_that_is_no_manifest_is_foreign(tmp_path: Path, text: str) -> None:
    (tmp_path / MANIFEST).write_text(text, encoding="utf-8")
    assert refusal(tmp_path) == "index.foreign"


@pytest.mark.parametrize("version", [0, 1, 2, "3", None])
def test_another_version_of_the_format_is_refused(copy: Path, version: object) -> None:
    rewrite(copy, lambda manifest: manifest.update(format=version), rehash=True)
    assert refusal(copy) == "index.version"


def test_another_engine_is_refused_and_both_are_named(copy: Path) -> None:
    with pytest.raises(IndexFileError) as refused:
        read_index(copy, "another")
    problem = refused.value.problem
    assert (problem.code, problem.expected) == ("index.version", "3 / another")
    assert problem.found == f"3 / {engine_version()}"


TAMPERED: dict[str, Callable[[dict[str, Any]], object]] = {
    "id": lambda manifest: manifest.update(id="0" * 32),
    "no id": lambda manifest: manifest.pop("id"),
    "datasets": lambda manifest: manifest["datasets"].append({"name": "more", "listings": 1}),
    "no arrays": lambda manifest: manifest.pop("arrays"),
    "checksum": lambda manifest: manifest["arrays"]["owner"].update(crc32=0),
    "digest": lambda manifest: manifest["arrays"]["owner"].update(sha256="0" * 64),
    "array left out": lambda manifest: manifest["arrays"].pop("owner"),
}


@pytest.mark.parametrize("change", TAMPERED.values(), ids=TAMPERED)
def test_a_manifest_that_was_changed_is_refused(copy: Path, change: Callable[[dict[str, Any]], object]) -> None:
    rewrite(copy, change, rehash=False)
    assert refusal(copy) == "index.damaged"


FORGED: dict[str, Callable[[dict[str, Any]], object]] = {
    "array left out": lambda arrays: arrays.pop("owner"),
    "text left out": lambda arrays: arrays.pop("text_name"),
    "type": lambda arrays: arrays["owner"].update(type="object"),
    "shape": lambda arrays: arrays["owner"].update(shape=[1 << 40]),
    "checksum": lambda arrays: arrays["owner"].update(crc32=0),
    "path": lambda arrays: arrays.update({"../owner": arrays["owner"]}),
    "no entry": lambda arrays: arrays.update(owner=None),
    "no shape": lambda arrays: arrays["owner"].pop("shape"),
    "type no text": lambda arrays: arrays["owner"].update(type=[]),
    "shape no numbers": lambda arrays: arrays["owner"].update(shape=["x"]),
}


@pytest.mark.parametrize("change", FORGED.values(), ids=FORGED)
def test_a_manifest_that_was_changed_with_its_id_is_refused(
    copy: Path, change: Callable[[dict[str, Any]], object]
) -> None:
    rewrite(copy, lambda manifest: change(manifest["arrays"]), rehash=True)
    assert refusal(copy) == "index.damaged"


def test_a_list_that_was_not_whole_is_called_so_even_where_nothing_of_it_came(tmp_path: Path) -> None:
    incomplete: set[str] = set()

    def listings() -> Iterator[Listing]:
        yield from LISTINGS
        incomplete.update(("test", "gone"))

    compile_index(listings(), tmp_path / "index", incomplete)
    assert read_index(tmp_path / "index", engine_version()).datasets == [
        {"name": "gone", "listings": 0, "incomplete": True},
        {"name": "other", "listings": 1},
        {"name": "test", "listings": 2, "incomplete": True},
    ]
