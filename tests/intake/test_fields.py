import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.intake.enums import Family
from thongsuot.intake.fields import parse_field, show_field, spec
from thongsuot.kernel.verdicts import Refused

whole = st.integers(min_value=0, max_value=10**12)
decimal = st.decimals(min_value=0, max_value=10**6, places=2).map(float)


@given(value=st.one_of(whole, decimal))
def test_a_number_shown_is_read_back_as_the_same_number(value: float) -> None:
    one = spec(Family.FIGURES, "value")
    assert parse_field(Family.FIGURES, "value", show_field(one, value)) == value


@given(first=whole, second=whole)
def test_a_range_shown_is_read_back_as_the_same_range(first: int, second: int) -> None:
    one = spec(Family.FIGURES, "value")
    assert parse_field(Family.FIGURES, "value", show_field(one, [first, second])) == [first, second]


@given(day=st.dates())
def test_a_date_shown_is_read_back_as_the_same_date(day: object) -> None:
    value = str(day)
    assert parse_field("report", "date", show_field(spec("report", "date"), value)) == value


def test_titles_are_one_a_line() -> None:
    titles = [
        {"title": "Bí thư", "organisation": "Đảng ủy phường A"},
        {"title": "Tổ trưởng", "organisation": None},
    ]
    one = spec(Family.PEOPLE, "titles")
    assert parse_field(Family.PEOPLE, "titles", show_field(one, titles)) == titles


@pytest.mark.parametrize("typed", ["12,5x", "1.55.3", "158-170", "một"])
def test_what_is_no_number_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(Refused, match=r"1\.553"):
        parse_field(Family.FIGURES, "value", typed)


@pytest.mark.parametrize("typed", ["1,553", "1,553.2", "1.55", "12.3456", "5 - 1,553"])
def test_what_is_written_the_english_way_is_refused_on_a_vietnamese_page(typed: str) -> None:
    with pytest.raises(Refused, match="Giá trị"):
        parse_field(Family.FIGURES, "value", typed)


def test_an_english_page_reads_english_numbers() -> None:
    with translation.override("en"):
        assert parse_field(Family.FIGURES, "value", "1,553.2") == 1553.2
        assert show_field(spec(Family.FIGURES, "value"), [1553, 2000.5]) == "1,553 - 2,000.5"
        with pytest.raises(Refused):
            parse_field(Family.FIGURES, "value", "1.553,2")


@pytest.mark.parametrize("typed", ["31-02-2025", "hôm qua", "30-10", "2025"])
def test_what_is_no_date_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(Refused, match="30-10-2025"):
        parse_field("report", "date", typed)


def test_dates_may_be_typed_with_dots_or_slashes() -> None:
    assert (
        parse_field("report", "date", "1/7/2025")
        == parse_field("report", "date", "01.07.2025")
        == "2025-07-01"
    )


def test_a_choice_outside_the_list_is_refused() -> None:
    with pytest.raises(Refused):
        parse_field("report", "kind", "party")


def test_a_field_that_does_not_exist_is_refused() -> None:
    with pytest.raises(Refused):
        parse_field(Family.FIGURES, "confidence", "1")


def test_an_empty_box_is_no_value() -> None:
    assert parse_field("report", "chair", "  ") is None
    assert parse_field("report", "units", "") == []
