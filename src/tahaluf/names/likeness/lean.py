"""How kernels are compiled that allocate nothing."""

from numba import njit

# Without counting references to arrays (`_nrt`: numba's runtime for them), which costs several times what the kernels
# themselves do: a view of a row, an array out of a tuple are counted up and down each time. What is compiled so can
# make no array of its own. And without a check of each division: no divisor is zero.
lean = njit(cache=True, nogil=True, error_model="numpy", _nrt=False)  # type: ignore[call-overload]
