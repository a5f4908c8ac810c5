"""Numbers in the boxes of forms: each page reads and shows those of its own language."""

from contextlib import suppress
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.web.filters import NumberRangeFilter
from thongsuot.web.numbers import NumberField, WholeField, read_number

languages = st.sampled_from(["vi", "en"])


class Sheet(forms.Form):
    money = NumberField(required=False, max_digits=24, decimal_places=6)
    people = WholeField(required=False)


def sent(values: dict[str, object]) -> Sheet:
    """What a browser sends back of a page that nobody touched."""
    shown = Sheet(initial=values)
    data = QueryDict(mutable=True)
    data.update({box.html_name: box.value() for box in shown})
    return Sheet(data, initial=values)


@given(
    money=st.decimals(min_value=-(10**17), max_value=10**17, places=6)
    | st.decimals(min_value=0, max_value=1000, places=3),
    people=st.integers(-(2**31) + 1, 2**31 - 1),
    language=languages,
)
def test_what_a_page_shows_it_reads_back_as_the_same_number(
    money: Decimal, people: int, language: str
) -> None:
    with translation.override(language):
        form = sent({"money": money, "people": people})
        assert form.is_valid(), form.errors
        assert form.cleaned_data == {"money": money, "people": people}
        assert not form.has_changed()


@given(st.text("0135,. -%", max_size=10))
def test_no_text_is_one_number_on_one_page_and_another_on_the_other(text: str) -> None:
    found = set()
    for language in ("vi", "en"):
        with translation.override(language), suppress(ValidationError):
            found.add(read_number(text))
    assert len(found) <= 1


@pytest.mark.parametrize(
    ("language", "text", "says"),
    [
        ("vi", "5,581", "Viết 5.581 hoặc 5,5810."),
        ("vi", "1,234.5", "Nếu là 1.234,5 thì"),
        ("vi", "mười", "ví dụ 1.553 hoặc 98,6"),
        ("en", "5.581", "5,581"),
        ("en", "12,5", "12.5"),
        ("en", "ten", "1,553"),
    ],
)
def test_a_refusal_says_what_was_typed_and_how_to_write_it(language: str, text: str, says: str) -> None:
    with translation.override(language):
        form = Sheet({"money": text})
        assert not form.is_valid()
        (told,) = form.errors["money"]
        assert f"“{text}”" in told
        assert says in told


@pytest.mark.parametrize(("language", "text"), [("vi", "5.000"), ("en", "5,000")])
def test_thousands_of_people_are_thousands(language: str, text: str) -> None:
    with translation.override(language):
        assert Sheet({"people": text}).fields["people"].clean(text) == 5000


def test_half_a_person_is_no_number_of_people() -> None:
    with pytest.raises(ValidationError, match="12,5"):
        WholeField().clean("12,5")
    assert WholeField().clean("12,0") == 12


def test_limits_hold() -> None:
    field = NumberField(min_value=0, max_value=60, max_digits=3, decimal_places=1)
    assert field.clean("3,5") == Decimal("3.5")
    for text in ("61", "-1", "3,55"):
        with pytest.raises(ValidationError):
            field.clean(text)


@pytest.mark.parametrize(("language", "ends"), [("vi", ["1.000", "2,5"]), ("en", ["1,000", "2.5"])])
def test_a_range_is_asked_for_in_the_language_of_the_page(language: str, ends: list[str]) -> None:
    with translation.override(language):
        asked = NumberRangeFilter(field_name="km").field.clean(ends)
        assert (asked.start, asked.stop) == (1000, Decimal("2.5"))


@pytest.mark.parametrize("text", ["2.147.483.648", "99999999999", "-2.147.483.648"])
def test_a_whole_number_no_column_holds_is_refused_in_the_box(text: str) -> None:
    with pytest.raises(ValidationError, match="2147483647"):
        WholeField().clean(text)
