"""An index made to mislead is refused before compiled code follows it, whatever its checksums say."""

import copy as copying
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tahaluf.domain import Document, IndexFileError, Kind, PartialDate, Subject
from tahaluf.names.likeness.kernel import Codes
from tahaluf.screening import Screener, engine_version
from tahaluf.screening.index.arrays import NameIndex, NumberIndex
from tahaluf.screening.index.layout import ARRAYS, TEXTS
from tahaluf.screening.index.manifest import MANIFEST
from tahaluf.screening.index.store import read_index
from tahaluf.screening.numbers import NumberFinder
from tests.screening.index.forged import LISTINGS, forge_array, forge_manifest, read_array

DOCUMENTS = (Document("N0482913", "passport", "ml"), Document("NO482913", "passport"), Document("AB12435"))
ASKED = ("Zubair Khatri Taraoueli", "الزبير خطري الطراولي", "Kaltouma Star", "Baraka Transit", "Mokhtar Abderbala")
SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def refusal(folder: Path) -> IndexFileError | None:
    """The refusal of an index, if it is refused; whatever opens must screen, or say what is wrong with a text."""
    try:
        screener = Screener.open(folder)
        for name in ASKED:
            screener.match(Subject("s", (name,), birth_dates=(PartialDate(1971),)), threshold=0.0)
        NumberFinder(read_index(folder, engine_version()).numbers).find_batch([DOCUMENTS])
        for number in range(len(LISTINGS)):
            screener.listing(f"t-{number + 1}")
    except IndexFileError as refused:
        return refused
    except KeyError:
        # The listing has another id now: that is for whoever signs lists to find, and no danger to memory.
        return None
    return None


def test_every_array_of_the_index_has_its_rule() -> None:
    own = {field.name for field in fields(NameIndex)} - {"codes"} | {f"codes_{name}" for name in Codes._fields}
    own |= {field.name for field in fields(NumberIndex)}
    texts = {f"text_{stem}" for stem in TEXTS} | {f"text_{stem}_starts" for stem in TEXTS}
    assert ARRAYS.keys() == own | texts, "add the array to index/layout.py and to spec/index-file.md"


def test_every_array_is_in_the_specification_with_its_type() -> None:
    text = (Path(__file__).parents[3] / "spec" / "index-file.md").read_text("utf-8")
    for name, rule in ARRAYS.items():
        assert name.startswith("text_") or f"| `{name}` | {rule.type} |" in text, name


def test_the_index_as_compiled_opens(copy: Callable[[], Path]) -> None:
    assert refusal(copy()) is None


@pytest.mark.parametrize("name", ARRAYS)
def test_an_array_of_another_type_is_refused(copy: Callable[[], Path], name: str) -> None:
    for type_ in {"bool", "int8", "int16", "int32", "int64", "uint8", "float32", "float64"} - {ARRAYS[name].type}:
        folder = copy()
        forge_array(folder, name, read_array(folder, name).astype(type_))
        refused = refusal(folder)
        assert refused is not None and name in refused.problem.found, type_


@pytest.mark.parametrize("name", ARRAYS)
def test_an_array_of_another_shape_is_refused(copy: Callable[[], Path], name: str) -> None:
    whole = read_array(copy(), name)
    wrong = [
        whole[:-1],
        np.concatenate([whole, whole[-1:]]),
        whole[:0],
        whole[None],
        whole.reshape(-1)[0:1].reshape(()),
    ]
    wrong += [whole[:, :-1], whole.ravel()] if whole.ndim > 1 else [whole[:, None]]
    for array in wrong:
        folder = copy()
        forge_array(folder, name, array)
        refused = refusal(folder)
        assert refused is not None and refused.problem.code == "index.damaged", array.shape


# Where an array leads compiled code, and the value that would lead it astray.
ASTRAY: dict[str, tuple[str, tuple[int, ...], Any]] = {
    "name of a token": ("posting_names", (0,), 1 << 20),
    "name before the first": ("posting_names", (0,), -1),
    "token of a name": ("name_tokens", (3,), 1 << 30),
    "listing of a name": ("name_listing", (-1,), 4),
    "kind beyond the last": ("listing_kind", (0,), len(Kind)),
    "kind before the first": ("listing_kind", (0,), -1),
    "range backwards": ("name_starts", (1,), 30),
    "range before the first": ("name_starts", (0,), -4),
    "range beyond the end": ("posting_starts", (-1,), 1 << 20),
    "ranges that wrap": ("posting_starts", (1,), -(1 << 31)),
    "owner beyond the tokens": ("owner", (-1,), 1 << 20),
    "owner not itself": ("owner", (0,), 1),
    "other form beyond the rows": ("codes_other", (0,), 1 << 20),
    "other form before none": ("codes_other", (0,), -2),
    "length over the width": ("codes_sizes", (0, 0), 25),
    "length of a skeleton over the width": ("codes_sizes", (0, 2), 15),
    "length below none": ("codes_sizes", (0, 1), -1),
    "length that the row does not have": ("codes_sizes", (0, 1), 24),
    "letter that is none": ("codes_target", (0, 0), 33),
    "Arabic letter in a Latin token": ("codes_target", (0, 0), 30),
    "unit that is none": ("codes_source", (0, 0), 288),
    "gap in a row": ("codes_source", (0, 0), -1),
    "symbol that is none": ("codes_skeleton", (0, 0), 15),
    "symbol of a distinct skeleton": ("skeleton_words", (-1, 0), 100),
    "length of a distinct skeleton": ("skeleton_sizes", (-1,), 15),
    "brief of a token beyond its bits": ("codes_brief", (0,), 1 << 30),
    "common name below none": ("codes_common", (0, 0), -2),
    "member beyond the rows": ("members", (0,), 1 << 20),
    "skeleton of a hash": ("delete_owners", (0,), 1 << 20),
    "bucket backwards": ("delete_starts", (400,), 1 << 40),
    "hash out of order": ("delete_keys", (0,), (1 << 32) - 1),
    "count below none": ("skeleton_count", (0,), -1),
    "weight that is no number": ("name_weights", (0,), np.nan),
    "weight without end": ("token_weight", (0,), np.inf),
    "sum without end": ("name_total", (0,), -np.inf),
    "chance that is no number": ("codes_alone", (0,), np.nan),
    "order that is none": ("name_chain", (0,), 4),
    "number beyond the end": ("number_starts", (-1,), 1 << 20),
    "number without letters": ("number_starts", (1,), 0),
    "numbers backwards": ("number_starts", (1,), -5),
    "number of no listing": ("number_listing", (0,), 4),
    "number of a listing before the first": ("number_listing", (0,), -1),
    "document before the first": ("number_document", (0,), -1),
    "key out of order": ("number_keys", (0,), (1 << 64) - 1),
    "key as read out of order": ("read_keys", (0,), (1 << 64) - 1),
    "row as read beyond the last": ("read_rows", (0,), 2),
    "row as read before the first": ("read_rows", (-1,), -1),
    "text beyond the end": ("text_name_starts", (-1,), 1 << 40),
    "text backwards": ("text_details_starts", (1,), 1 << 20),
}


@pytest.mark.parametrize(("name", "place", "value"), ASTRAY.values(), ids=ASTRAY)
def test_a_value_that_leads_astray_is_refused_by_the_name_of_its_file(
    copy: Callable[[], Path], name: str, place: tuple[int, ...], value: Any
) -> None:
    folder = copy()
    array = read_array(folder, name)
    array[place] = value
    forge_array(folder, name, array)
    with pytest.raises(IndexFileError) as refused:
        read_index(folder, engine_version())
    problem = refused.value.problem
    assert problem.code == "index.damaged" and problem.expected and problem.found
    assert problem.where.file is not None and problem.where.file.split("/")[-1] in {f"{name}.bin", *PARTNERS[name]}


# A length that is wrong may be found at the rows that it is the length of.
PARTNERS: dict[str, set[str]] = {name: set() for name in ARRAYS} | {
    "codes_sizes": {"codes_source.bin", "codes_target.bin", "codes_skeleton.bin"},
    "skeleton_sizes": {"skeleton_words.bin"},
}


def test_a_truth_value_that_is_neither_is_refused(copy: Callable[[], Path]) -> None:
    for name in ("name_weak", "codes_arabic"):
        folder = copy()
        raw = read_array(folder, name).view(np.uint8)
        raw[0] = 2
        forge_array(folder, name, raw.view(np.bool_))
        assert refusal(folder) is not None, name


def test_a_name_of_more_tokens_than_the_engine_aligns_is_refused(copy: Callable[[], Path]) -> None:
    folder = copy()
    starts = read_array(folder, "name_starts")
    starts[1:-1] = starts[-1]
    forge_array(folder, "name_starts", starts)
    assert refusal(folder) is not None


def test_a_brief_that_says_other_than_its_row_is_refused(copy: Callable[[], Path]) -> None:
    for bit in range(30):
        folder = copy()
        briefs = read_array(folder, "codes_brief")
        briefs[3] ^= 1 << bit
        forge_array(folder, "codes_brief", briefs)
        refused = refusal(folder)
        assert refused is not None and refused.problem.code == "index.damaged", bit


@given(data=st.data())
@settings(SLOW, max_examples=150)
def test_an_array_changed_anywhere_is_refused_or_does_no_harm(copy: Callable[[], Path], data: st.DataObject) -> None:
    folder = copy()
    name = data.draw(st.sampled_from(sorted(ARRAYS)))
    array = read_array(folder, name)
    if array.size:
        raw = array.reshape(-1).view(np.uint8)
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at] = data.draw(st.integers(0, 255))
    if data.draw(st.booleans()):
        array = array[: data.draw(st.integers(0, len(array)))]
    forge_array(folder, name, array)
    refused = refusal(folder)
    assert refused is None or refused.problem.code == "index.damaged"


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The place of every value in a manifest."""
    yield path
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield from places(value[key], (*path, key))


def value_at(value: Any, place: tuple[Any, ...]) -> Any:
    for key in place:
        value = value[key]
    return value


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=4,
)
CODES = {"index.foreign", "index.version", "index.damaged"}


@given(data=st.data())
@settings(SLOW, max_examples=250)
def test_a_manifest_changed_anywhere_is_refused_or_says_the_same(copy: Callable[[], Path], data: st.DataObject) -> None:
    folder = copy()
    before = json.loads((folder / MANIFEST).read_text("utf-8"))
    place = data.draw(st.sampled_from([place for place in places(before) if place]))
    value = data.draw(VALUES)

    def change(manifest: dict[str, Any]) -> None:
        value_at(manifest, place[:-1])[place[-1]] = copying.deepcopy(value)

    forge_manifest(folder, change)
    refused = refusal(folder)
    if refused is not None:
        assert refused.problem.code in CODES
    else:
        # Digests are covered by the id alone, and the name of a list is the publisher's own.
        assert place == ("id",) or place[-1] in {"sha256", "name"} or value == value_at(before, place)


@pytest.mark.parametrize(
    "datasets",
    [
        None, [], {}, "test", [None], ["test"], [{"name": "test"}], [{"name": 1, "listings": 4}],
        [{"name": "test", "listings": "4"}], [{"name": "test", "listings": -4}], [{"name": "test", "listings": True}],
        [{"name": "test", "listings": 4, "incomplete": False}],
        [{"name": "test", "listings": 5}], [{"name": "test", "listings": 4, "more": 1}],
        [{"name": "test", "listings": 2}, {"name": "test", "listings": 2}], [{"name": "\ud800", "listings": 4}],
        [{"name": "test", "listings": 2}, {"name": "other", "listings": 2}],
    ],
)  # fmt: skip
def test_lists_that_are_not_as_specified_are_refused(copy: Callable[[], Path], datasets: object) -> None:
    folder = copy()
    forge_manifest(folder, lambda manifest: manifest.update(datasets=datasets))
    refused = refusal(folder)
    assert refused is not None and refused.problem.code == "index.damaged"


@pytest.mark.parametrize("version", [True, 1.0, [1], "1"])
def test_a_version_that_only_looks_like_ours_is_refused(copy: Callable[[], Path], version: object) -> None:
    folder = copy()
    forge_manifest(folder, lambda manifest: manifest.update(format=version))
    refused = refusal(folder)
    assert refused is not None and refused.problem.code == "index.version"


def test_an_array_that_the_format_does_not_have_is_refused(copy: Callable[[], Path]) -> None:
    folder = copy()
    shutil.copy(folder / "owner.bin", folder / "more.bin")
    forge_manifest(folder, lambda manifest: manifest["arrays"].update(more=manifest["arrays"]["owner"]))
    refused = refusal(folder)
    assert refused is not None and refused.problem.found == "more"


def test_a_folder_in_the_place_of_a_file_is_refused(copy: Callable[[], Path]) -> None:
    for name, code in (("owner.bin", "index.damaged"), (MANIFEST, "index.foreign")):
        folder = copy()
        (folder / name).unlink()
        (folder / name).mkdir()
        refused = refusal(folder)
        assert refused is not None and refused.problem.code == code


@pytest.mark.parametrize("stem", ["id", "caption", "attributes", "details", "name"])
@pytest.mark.parametrize("byte", [0xFF, ord("{"), ord("7")])
def test_a_text_that_is_not_what_it_must_be_is_refused_when_it_is_needed(
    copy: Callable[[], Path], stem: str, byte: int
) -> None:
    folder = copy()
    text = read_array(folder, f"text_{stem}")
    text[:] = byte
    forge_array(folder, f"text_{stem}", text)
    refused = refusal(folder)
    if refused is None:
        assert stem in {"id", "name"} and byte != 0xFF
    else:
        assert refused.problem.where.file is not None and refused.problem.where.file.endswith(f"text_{stem}.bin")
