"""Zones that Doc 9303 publishes as examples, and invented documents."""

from datetime import date

from hypothesis import strategies as st

from tahaluf.messages.mrz import Form, MrzDocument
from tahaluf.messages.mrz.forms import LAYOUTS
from tahaluf.messages.mrz.types import STATES

TODAY = date(2026, 11, 25)
# Part 4, Appendix B; Part 5, Appendix B; Part 6, Appendix A; Part 7; Part 11, D.2 (numbers longer than their field).
TD3 = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
TD1 = "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<"
TD2 = "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6"
MRV_A = "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL8988901C4XXX4009078F96121096ZE184226B<<<<<<"
MRV_B = "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nL8988901C4XXX4009078F9612109<<<<<<<<"
LONG_TD1 = "I<UTOD23145890<7349<<<<<<<<<<<\n3407127M9507122UTO<<<<<<<<<<<2\nSTEVENSON<<PETER<JOHN<<<<<<<<<"
LONG_TD2 = "I<UTOSTEVENSON<<PETER<JOHN<<<<<<<<<<\nD23145890<UTO3407127M95071227349<<<8"
PUBLISHED = {
    "TD3": TD3, "TD1": TD1, "TD2": TD2, "MRV-A": MRV_A, "MRV-B": MRV_B, "long TD1": LONG_TD1, "long TD2": LONG_TD2,
}  # fmt: skip

# Without K, C, L and S, which among fillers are read as such.
LETTERS = st.text("ABDEFGHIJMNOPQRTUVWYZ", min_size=1, max_size=9)
NAMES = st.lists(LETTERS, min_size=1, max_size=3).map(" ".join)
DIGITS = "0123456789"
YEARS = st.integers(0, 99).map("{:02d}".format)
DAYS = st.dates(date(2001, 1, 1), date(2001, 12, 31)).map(lambda day: f"{day:%m%d}")
DATES = st.builds(str.__add__, YEARS, DAYS)
BIRTHS = st.one_of(DATES, DATES.map(lambda text: text[:4] + "<<"), DATES.map(lambda text: text[:2] + "<<<<"))


@st.composite
def documents(draw: st.DrawFn, form: Form | None = None) -> MrzDocument:
    """Any document that a form can hold, its name perhaps too long for it."""
    form = form or draw(st.sampled_from(Form))
    layout = LAYOUTS[form]
    code = {Form.TD3: ("P", "PP", "PD"), Form.TD1: ("I", "ID", "AC"), Form.TD2: ("I", "C", "IR")}
    longest = 14 if form in (Form.TD1, Form.TD2) else 9
    number = draw(st.text(DIGITS + "ABHMTWX", min_size=1, max_size=longest))
    size = layout.optional.stop - layout.optional.start
    room = size - max(0, len(number) - 9 + 2) if len(number) > 9 else size
    optional = st.text(DIGITS + "ABHMTWX", max_size=max(0, room))
    return MrzDocument(
        form, draw(st.sampled_from(code.get(form, ("V", "VA")))), draw(st.sampled_from(sorted(STATES))),
        draw(NAMES), draw(st.one_of(st.just(""), NAMES)), number, draw(st.sampled_from(sorted(STATES))), draw(BIRTHS),
        draw(st.sampled_from(["M", "F", "X", ""])), draw(DATES), draw(optional),
        draw(st.text(DIGITS, max_size=11)) if layout.optional2 else "",
    )  # fmt: skip
