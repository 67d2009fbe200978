"""Names and codes: cleaned, friendly, readable aloud."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.models.codes import digits_of, is_readable
from companion.models.names import clean_name, friendly_name
from companion.rules.refused import Refused


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ana  Lee ", "Ana Lee"),
        ("Ana\n\tLee", "Ana Lee"),
        ("e\u0301", "é"),
        ("\u202eevil", "evil"),
        ("a\u2066b\u2069", "ab"),
        ("zero\u200bwidth", "zerowidth"),
        ("예승이", "예승이"),
        ("👩‍👩‍👧", "👩‍👩‍👧"),
        ("🏳️‍🌈", "🏳️‍🌈"),
        ("a \u202e b", "a b"),
        ("Việt Ngữ", "Việt Ngữ"),
        ("น้ำ", "น้ำ"),
        ("x" + "\u0301" * 9000, "x" + "\u0301" * 4),
        ("<b>bold</b>", "<b>bold</b>"),
    ],
)
def test_a_name_is_kept_as_meant(typed, kept):
    assert clean_name(typed) == kept


@pytest.mark.parametrize(
    "typed",
    ["", "   ", "\u200d", "\u0301", "\u202e", "\u3164", "\u2800\u115f", "x" * 25, "가" * 25, "y" * 10_001],
)
def test_a_name_that_is_none_or_too_long_is_refused(typed):
    with pytest.raises(Refused):
        clean_name(typed)


def test_length_is_counted_as_people_count_it():
    assert clean_name("👨‍👩‍👧‍👦" * 24) == "👨‍👩‍👧‍👦" * 24
    assert clean_name("각" * 24)


@given(st.text(max_size=60))
def test_a_cleaned_name_stays_as_it_is(typed):
    try:
        name = clean_name(typed)
    except Refused:
        return
    assert clean_name(name) == name and name == name.strip() and not set(name) & set("\u202e\u2066\n\r\t\x00")


def test_friendly_names_are_not_worn_twice_while_there_are_others():
    worn: set[str] = set()
    for _ in range(150):
        name = friendly_name("en", worn)
        assert name not in worn and clean_name(name) == name
        worn.add(name)
    assert any("가" <= letter <= "힣" for letter in friendly_name("ko"))


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("482917", "482917"),
        ("482 917", "482917"),
        ("482-917", "482917"),
        ("４８２９１７", "482917"),
        ("٤٨٢٩١٧", "482917"),
    ],
)
def test_a_code_is_read_in_any_digits(typed, code):
    assert digits_of(typed) == code


@pytest.mark.parametrize("typed", ["", "abc", "48a917", " ", "4" * 41, "½"])
def test_what_is_no_code_is_none(typed):
    assert digits_of(typed) is None


@pytest.mark.parametrize(
    ("code", "good"),
    [
        ("482917", True),
        ("082917", False),
        ("111482", False),
        ("123582", True),
        ("123448", False),
        ("654392", False),
    ],
)
def test_codes_have_no_runs(code, good):
    assert is_readable(code) is good
