"""How kernels are compiled that allocate nothing."""

from typing import Any

from numba import njit


def lean_options(known: type | None) -> dict[str, Any]:
    """What `njit` is asked for; `known`: numba's class of options, None where it has none of that name."""
    options: dict[str, Any] = {"cache": True, "nogil": True, "error_model": "numpy"}
    return {**options, "_nrt": False} if hasattr(known, "_nrt") else options


def known_options() -> type | None:
    """Numba's class of the options that `njit` takes; None where it has none of that name."""
    try:
        from numba.core.cpu import CPUTargetOptions  # noqa: PLC0415 (private: it may go)
    except ImportError:
        return None
    return CPUTargetOptions


# Without counting references to arrays (`_nrt`: numba's runtime for them), which costs several times what the kernels
# themselves do: a view of a row, an array out of a tuple are counted up and down each time. What is compiled so can
# make no array of its own. And without a check of each division: no divisor is zero. Decision 0018.
lean = njit(**lean_options(known_options()))

# The same, written into its callers: what is handed to a kernel is hundreds of words, for each array is seven, and a
# call of a small one costs more in handing them over than in its work.
fused = njit(inline="always", **lean_options(known_options()))
