"""Names put into messages come out again; the judge of damaged messages sees what is lost."""

from pathlib import Path

import pytest

from tahaluf.domain import PartyRole
from tahaluf.messages import read
from tahaluf.messages.mrz import Form

LATIN = ["Boubacar Konaté", "BEN SALAH, Nadia", "Claire d'Arc-Ould", "Hapilon"]


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("BEN SALAH, Nadia", ("BEN SALAH", "Nadia")),
        ("Idriss Ould Zerouali", ("Ould Zerouali", "Idriss")),
        ("محمد عبد الله", ("عبد الله", "محمد")),
        ("Hapilon", ("Hapilon", "")),
    ],
)
def test_a_name_is_parted_before_the_particles_of_its_surname(name: str, parts: tuple[str, str]) -> None:
    from measuring.forms import part_name

    assert part_name(name) == parts


def test_latin_names_come_out_of_every_form_in_its_letters(tmp_path: Path) -> None:
    from measuring import forms

    path = tmp_path / "messages"
    forms.write_list(path, LATIN)
    assert [one.names[0] for one in read(path)] == [
        "BOUBACAR KONATE", "NADIA BEN SALAH", "CLAIRE D'ARC-OULD", "HAPILON",
    ]  # fmt: skip
    forms.write_transfers(path, LATIN)
    payers = [one.names[0] for one in read(path) if one.role is PartyRole.DEBTOR]
    assert payers == ["BOUBACAR KONATE", "BEN SALAH, NADIA", "CLAIRE D'ARC-OULD", "HAPILON"]
    forms.write_payments(path, LATIN)
    assert [one.names[0] for one in read(path) if one.role is PartyRole.CREDITOR] == LATIN
    forms.write_remittances(path, LATIN)
    texts = [dict(one.details)["text"] for one in read(path) if one.role is PartyRole.TEXT]
    assert all(name in text for name, text in zip(LATIN, texts, strict=True))


@pytest.mark.parametrize("form", [Form.TD3, Form.TD1])
def test_arabic_names_come_out_of_documents_in_arabic(form: Form, tmp_path: Path) -> None:
    from measuring import forms

    path = tmp_path / "zones"
    forms.write_zones(form)(path, ["محمد زياد غريواتي", "عائشة بنت حسن"])
    first, second = read(path)
    assert "محمد زياد غريواتي" in first.names
    assert "عائشة بنت حسن" in second.names


def test_the_judge_finds_what_is_lost_and_lets_pass_what_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from measuring import damage, damaged

    path = tmp_path / "message"
    target = next(one for one in damaged.make_targets() if one.format == "SWIFT MT")
    assert damage.judge(target, target.data, path) == damage.WHOLE
    assert damage.judge(target, target.data.replace(b":32A:", b":32Z:", 1), path) == damage.TOLD
    monkeypatch.setattr(damage, "read_batches", lambda *_, **__: iter(()))
    with pytest.raises(damage.Broken, match="lost without a word: PAY-2024-17"):
        damage.judge(target, target.data, path)
