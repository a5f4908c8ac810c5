from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import formats, translation

from thongsuot.web.templatetags.web import number, plain, vn_date


@pytest.mark.parametrize(
    ("value", "places", "vi", "en"),
    [
        (152000, None, "152.000", "152,000"),
        (Decimal("1234.5"), 1, "1.234,5", "1,234.5"),
        (Decimal("99.96"), 1, "100,0", "100.0"),  # rounded, never cut off
        (Decimal("-2.25"), 1, "-2,3", "-2.3"),
        (0.996, 2, "1,00", "1.00"),
        (0, None, "0", "0"),
        (None, None, "", ""),
        ("12a", None, "12a", "12a"),
    ],
)
def test_numbers(value, places, vi, en):
    with translation.override("vi"):
        assert number(value, places) == vi
    with translation.override("en"):
        assert number(value, places) == en


def test_days_and_moments_are_those_of_vietnam():
    assert vn_date(date(2026, 10, 30)) == "30-10-2026"
    assert vn_date(datetime(2026, 10, 30, 18, 5, tzinfo=UTC)) == "31-10-2026 01:05"
    assert vn_date(None) == ""


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_day_is_written_one_way_in_both_languages(language):
    with translation.override(language):
        assert formats.date_format(date(2026, 10, 30)) == "30-10-2026"
        assert formats.localize_input(date(2026, 10, 30)) == "30-10-2026"


def test_a_title_loses_tags_and_line_breaks():
    assert plain("\n <a>Kiến nghị</a>\n  số 4 ") == "Kiến nghị số 4"
