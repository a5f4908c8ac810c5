"""A drop-down drawn at once says what Django's own templates say."""

import re

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting

from thongsuot.web.renderer import Renderer

CHOICES = [("", "Tất cả"), ("1", "Phường <Mẫu>"), ("Nhóm", [("2", "Xã “Mẫu”"), ("3", "Đặc khu")])]


def words(html: str) -> list[str]:
    """Tags and texts, without the blanks between them."""
    return [part.strip() for part in re.split(r"(<[^>]+>)", html) if part.strip()]


@pytest.mark.parametrize("value", ["", "1", "3", None])
@pytest.mark.parametrize("widget", [forms.Select, forms.SelectMultiple])
@pytest.mark.parametrize("attrs", [{}, {"required": True, "disabled": False, "aria-describedby": "x"}])
def test_it_draws_what_the_templates_draw(
    widget: type[forms.Select], value: str | None, attrs: dict[str, object]
) -> None:
    drop_down = widget(choices=CHOICES)
    given = [value] if widget is forms.SelectMultiple and value is not None else value
    drawn = [drop_down.render("unit", given, attrs, renderer=one()) for one in (Renderer, TemplatesSetting)]
    assert words(drawn[0]) == words(drawn[1])


def test_other_widgets_are_left_to_their_templates() -> None:
    assert "<textarea" in forms.Textarea().render("text", "x", renderer=Renderer())
