"""Check digits and forms of account numbers, banks, companies and ships."""

import string

from hypothesis import given
from hypothesis import strategies as st

from tahaluf.messages.accounts import compact, is_bic, is_iban, is_imo, is_lei
from tahaluf.messages.accounts.checks import load_iban_lengths

IBANS = ["GB82WEST12345698765432", "DE89370400440532013000", "FR7630006000011234567890189", "NO9386011117947",
         "MR1300020001010000123456753", "SA0380000000608010167519", "TN5910006035183598478831"]  # fmt: skip
CHARACTERS = string.digits + string.ascii_uppercase


def slow_remainder(text: str) -> int:
    rest = 0
    for char in text:
        value = int(char, 36)
        rest = (rest * (100 if value > 9 else 10) + value) % 97
    return rest


def with_check_digits(country: str, account: str) -> str:
    return f"{country}{98 - slow_remainder(account + country + '00'):02d}{account}"


def test_known_ibans_hold():
    assert all(map(is_iban, IBANS))


@given(st.sampled_from(sorted(load_iban_lengths())), st.data())
def test_an_iban_made_by_the_rule_holds_and_no_digit_of_it_may_change(country: str, data: st.DataObject):
    length = load_iban_lengths()[country] - 4
    account = data.draw(st.text(CHARACTERS, min_size=length, max_size=length))
    iban = with_check_digits(country, account)
    assert is_iban(iban)
    at = data.draw(st.integers(4, len(iban) - 1))
    other = data.draw(st.sampled_from(string.digits).filter(lambda char: char != iban[at]))
    if iban[at].isdigit():
        assert not is_iban(iban[:at] + other + iban[at + 1 :])


def test_an_iban_of_another_length_than_its_country_has_does_not_hold():
    assert not is_iban(with_check_digits("GB", "WEST123456987654321"))


def test_an_iban_of_a_country_that_there_is_not_does_not_hold():
    assert not is_iban(with_check_digits("ZZ", "WEST12345698765432"))


def test_digits_of_other_scripts_are_no_digits():
    assert not is_iban("GB82WEST1234569876543٢")
    assert not is_imo("907472٩")


def test_an_iban_is_compared_without_blanks_and_in_upper_case():
    assert is_iban(compact(" gb82 west 1234 5698 7654 32 "))


def test_a_bic_has_a_country_that_there_is():
    assert is_bic("BNPAFRPP")
    assert is_bic("BNPAFRPPXXX")
    assert is_bic("NCBVXKPRXXX")
    assert not is_bic("BNPAQQPP")
    assert not is_bic("BNPAFRPPXX")
    assert not is_bic("bnpafrpp")


def test_a_lei_is_checked_by_its_last_two_digits():
    assert is_lei("529900T8BM49AURSDO55")
    assert not is_lei("529900T8BM49AURSDO56")
    assert not is_lei("529900T8BM49AURSDO5")


def test_a_ships_number_is_checked_by_its_last_digit():
    assert is_imo("9074729")
    assert not is_imo("9074728")
    assert not is_imo("")
