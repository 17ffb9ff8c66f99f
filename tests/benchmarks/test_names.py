"""The made names: the same for the same seed, in both scripts, mostly distinct."""

import itertools
from collections import Counter
from pathlib import Path

from tests.conftest import shared_file

BENCH = ("bench", "names-dev")


def test_travelers_are_the_same_each_time_and_mostly_distinct() -> None:
    from measuring.names import Travelers, script_of

    folder = shared_file(*BENCH)
    names = list(Travelers(folder).make(5_000))
    assert names == list(Travelers(folder).make(5_000))
    assert names != list(Travelers(folder, seed=8).make(5_000))
    assert len(set(names)) > 4_500
    assert 0.25 < Counter(map(script_of, names))["arabic"] / 5_000 < 0.42
    assert all(len(name.split()) > 1 for name in names)


def test_queries_are_real_names_of_both_scripts_and_travelers_by_turns() -> None:
    from measuring.names import LISTED, ORDINARY, mix_queries, read_names, script_of

    folder = shared_file(*BENCH)
    names, real = mix_queries(folder, 300), set(read_names(folder, (*ORDINARY, *LISTED)))
    assert set(names[0::3]) | set(names[1::3]) <= real
    assert {script_of(name) for name in names[1::3]} == {"arabic"}
    assert {script_of(name) for name in names[0::3]} == {"other"}


def test_a_name_is_new_while_one_of_its_words_is() -> None:
    from measuring.names import mark_new

    assert mark_new(["Ali Hassan", "hassan ALI", "Ali Omar", "Omar"]) == [True, False, True, False]


def test_a_made_list_has_the_length_asked_for_and_grows_in_words(tmp_path: Path) -> None:
    from measuring.names import ListMaker, script_of
    from tahaluf import lists

    folder = shared_file(*BENCH)
    ListMaker(folder).write(tmp_path / "list.ftm.json", 4_000)
    reading = lists.read(tmp_path / "list.ftm.json")
    names = [listing.names[0].text for listing in reading]
    assert (len(names), reading.complete) == (4_000, True)
    assert {"arabic", "other"} == {script_of(name) for name in names}
    words = [len({word for name in part for word in name.split()}) for part in (names[:2_000], names)]
    assert words[1] > 1.3 * words[0]
    maker = ListMaker(folder)
    assert [maker.make()[1] for _ in range(50)] == [" ".join(name.split()) for name in itertools.islice(names, 50)]
