"""The way by shapes against the slow, obvious one."""

from pathlib import Path
from xml.sax.saxutils import escape

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.messages.iso20022.samples import message, read_text, transaction
from tests.messages.iso20022.slow import parties

GAPS = st.sampled_from(["", "\n", "\n\t", "  "])
NAMES = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1, max_size=20).filter(
    str.strip
)
BICS = st.sampled_from(["DEUTDEFF", "BNPAFRPPXXX"])
TAGS = ("Dbtr", "UltmtDbtr", "Cdtr", "UltmtCdtr")
AGENTS = ("InstgAgt", "IntrmyAgt1", "DbtrAgt", "CdtrAgt")


@st.composite
def elements(draw: st.DrawFn) -> str:
    gap = draw(GAPS)
    parts = [
        f"<{tag}>{gap}<Nm>{draw(GAPS)}{escape(draw(NAMES))}{draw(GAPS)}</Nm>{gap}</{tag}>"
        for tag in draw(st.lists(st.sampled_from(TAGS), unique=True, min_size=1))
    ]
    if draw(st.booleans()) and "<Dbtr>" in "".join(parts):
        parts.append(f"<DbtrAcct><Id>{gap}<IBAN>FR7630006000011234567890189</IBAN></Id></DbtrAcct>")
    for tag in draw(st.lists(st.sampled_from(AGENTS), unique=True)):
        parts.append(f"<{tag}><FinInstnId>{gap}<BICFI>{draw(BICS)}</BICFI></FinInstnId></{tag}>")
    return gap.join(parts)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(elements(), min_size=1, max_size=6), st.booleans())
def test_both_ways_find_the_same_parties_at_the_same_lines(tmp_path: Path, units: list[str], above: bool):
    head = "\n<InstgAgt><FinInstnId><BICFI>DEUTDEFF</BICFI></FinInstnId></InstgAgt>" if above else ""
    text = message(*[transaction(n, debtor=unit, creditor="") for n, unit in enumerate(units, 1)], head=head)
    reading = read_text(tmp_path, text)
    found = [
        (row["unit"], row["role"], tuple(row["names"][:1]), tuple(d["number"] for d in row["documents"]), row["line"])
        for row in reading.rows
    ]
    assert found == parties(text)
    assert len({row["id"] for row in reading.rows}) == len(reading.rows)
