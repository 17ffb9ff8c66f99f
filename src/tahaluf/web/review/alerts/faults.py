"""What may be wrong with an act of review: raised by the services, shown beside the form.

The codes' texts are in `prose/problemtexts/web.py`.
"""

from tahaluf.domain import InputError, Problem, Where


def fault(code: str, *, field: str = "", expected: str = "", found: str = "") -> InputError:
    """The error of this code; `field` names what the person would mend."""
    return InputError(Problem(code, Where(field=field or None), expected, found))
