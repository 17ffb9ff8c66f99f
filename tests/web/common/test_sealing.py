"""Secrets lie sealed in the database, and open under the desk's key, or a former one, alone."""

from typing import Any

import pytest

from tahaluf.web.common.sealing import Unsealable, seal, unseal


def test_what_was_sealed_opens_again_and_looks_other_each_time() -> None:
    once, again = seal("JBSWY3DPEHPK3PXP"), seal("JBSWY3DPEHPK3PXP")
    assert once != again
    assert "JBSWY3DPEHPK3PXP" not in once
    assert unseal(once) == unseal(again) == "JBSWY3DPEHPK3PXP"


def test_after_a_change_of_the_key_what_was_sealed_opens_by_the_former_one(settings: Any) -> None:
    sealed = seal("a secret")
    former, settings.SECRET_KEY = settings.SECRET_KEY, "another key"
    with pytest.raises(Unsealable):
        unseal(sealed)
    settings.SECRET_KEY_FALLBACKS = [former]
    assert unseal(sealed) == "a secret"


@pytest.mark.parametrize("altered", ["", "x", "gAAAAA", "é"])
def test_what_was_altered_is_refused(altered: str) -> None:
    with pytest.raises(Unsealable):
        unseal(altered)
