"""The five forms of the machine-readable zone: where each field stands (Doc 9303 Parts 4 to 7, section 4.2.2).

Positions count from 0 in the lines joined to one text.
"""

from enum import StrEnum
from typing import NamedTuple


class Form(StrEnum):
    """Card (three lines of 30), two lines of 36, passport (two lines of 44), and the two sizes of visa."""

    TD1 = "TD1"
    TD2 = "TD2"
    TD3 = "TD3"
    MRV_A = "MRV-A"
    MRV_B = "MRV-B"


class Layout(NamedTuple):
    """Fields as slices, check digits as positions; `composed` are the parts that the composite check digit is over."""

    lines: int
    width: int
    name: slice
    number: slice
    number_check: int
    nationality: slice
    birth: slice
    birth_check: int
    sex: int
    expiry: slice
    expiry_check: int
    optional: slice
    optional_check: int | None = None
    optional2: slice | None = None
    composed: tuple[slice, ...] = ()
    composite_check: int | None = None
    has_overflow: bool = False

    @property
    def size(self) -> int:
        return self.lines * self.width

    @property
    def name_width(self) -> int:
        return self.name.stop - self.name.start  # type: ignore[no-any-return]


CODE = slice(0, 2)
ISSUER = slice(2, 5)


def _two_lines(width: int, optional: int, *, checked: bool = False, composed: bool = False) -> Layout:
    """The passport, the TD2 and both visas differ in their width and in what follows the date of expiry."""
    second = width
    end = second + 28 + optional
    return Layout(
        2,
        width,
        name=slice(5, width),
        number=slice(second, second + 9),
        number_check=second + 9,
        nationality=slice(second + 10, second + 13),
        birth=slice(second + 13, second + 19),
        birth_check=second + 19,
        sex=second + 20,
        expiry=slice(second + 21, second + 27),
        expiry_check=second + 27,
        optional=slice(second + 28, end),
        optional_check=end if checked else None,
        composed=(slice(second, second + 10), slice(second + 13, second + 20), slice(second + 21, 2 * width - 1))
        if composed
        else (),
        composite_check=2 * width - 1 if composed else None,
        has_overflow=composed and not checked,
    )


LAYOUTS = {
    Form.TD1: Layout(
        3, 30, slice(60, 90), slice(5, 14), 14, slice(45, 48), slice(30, 36), 36, 37, slice(38, 44), 44,
        slice(15, 30), None, slice(48, 59), (slice(5, 30), slice(30, 37), slice(38, 45), slice(48, 59)), 59, True,
    ),
    Form.TD2: _two_lines(36, 7, composed=True),
    Form.TD3: _two_lines(44, 14, checked=True, composed=True),
    Form.MRV_A: _two_lines(44, 16),
    Form.MRV_B: _two_lines(36, 8),
}  # fmt: skip


def form_of(text: str, width: int) -> Form:
    """The form of a zone of lines that long; a V at the beginning makes it a visa."""
    visa = text[:1] == "V"
    if width == 30:
        return Form.TD1
    if width == 36:
        return Form.MRV_B if visa else Form.TD2
    return Form.MRV_A if visa else Form.TD3
