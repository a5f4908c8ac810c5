import re
from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader import get_template
from django.utils import translation
from django.utils.translation import gettext

from thongsuot.web.components import COMPONENTS
from thongsuot.web.drawing import days_in_words

TODAY = date(2026, 10, 30)


def draw(source: str, **context: object) -> str:
    return Template("{% load web %}" + source).render(Context(context))


@pytest.mark.parametrize("component", COMPONENTS.values(), ids=COMPONENTS)
def test_every_component_has_its_template_and_is_told_to_page_authors(component):
    assert get_template(component.template)
    guide = Path(__file__).parents[2] / "docs" / "components.md"
    row = next(line for line in guide.read_text().splitlines() if line.startswith(f"| {component.name} "))
    assert not {name for name in component.props if name not in row}


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ('{% component "badge" label="x" colour="red" %}', "no prop colour"),
        ('{% component "badge" tone="late" %}', "needs label"),
        ('{% component "bagde" label="x" %}', "There is no component 'bagde'"),
        ('{% component "badge" label="x" label="y" %}', "given twice"),
        ('{% component "badge" label %}', "write prop=value"),
        ("{% component badge label='x' %}", "in quotes"),
        ('{% component "badge" label="x" hx-get="/" %}', "no prop hx-get"),
        ('{% component "card" %}{% fill "side" %}x{% endfill %}{% endcomponent %}', "no slot 'side'"),
    ],
)
def test_a_wrong_prop_is_found_when_the_template_is_compiled(source, says):
    with pytest.raises(TemplateSyntaxError, match=says):
        Template("{% load web %}" + source)


def test_a_value_outside_the_choices_is_refused_when_drawn():
    with pytest.raises(TemplateSyntaxError, match="tone='loud' is not one of"):
        draw('{% component "badge" label="x" tone=tone %}', tone="loud")


def test_text_is_escaped():
    assert "&lt;b&gt;" in draw('{% component "badge" label=label %}', label="<b>")


def test_extra_attributes_reach_the_button():
    html = draw('{% component "button" label="Nhận" hx-post="/nhan" aria-describedby="why" %}')
    assert 'hx-post="/nhan"' in html
    assert 'aria-describedby="why"' in html


def test_a_refused_action_says_why():
    html = draw('{% component "button" label="Nộp" disabled=True why_not="Chờ đơn vị chủ trì." %}')
    assert "disabled" in html
    assert "Chờ đơn vị chủ trì." in html


def test_slots_stand_at_their_own_place():
    html = draw('{% component "card" title="A" %}thân{% fill "actions" %}nút{% endfill %}{% endcomponent %}')
    assert html.index("nút") < html.index("thân")
    assert html.count("nút") == 1


def test_components_nest_and_leave_the_context_of_the_page_alone():
    html = draw(
        '{% component "card" title="ngoài" %}{% component "badge" label=title %}{% endcomponent %}{{ title }}',
        title="trang",
    )
    assert html.count("trang") == 2


def test_punctuation_may_follow_a_component():
    assert "</span>." in draw('{% component "badge" label="x" %}.')


@pytest.mark.parametrize(
    ("days", "words"), [(3, "còn 3 ngày"), (0, "hôm nay"), (-2, "quá hạn 2 ngày"), (1200, "còn 1.200 ngày")]
)
def test_days_in_words(days, words):
    with translation.override("vi"):
        assert days_in_words(TODAY + timedelta(days=days), TODAY) == words


@pytest.mark.parametrize(
    ("on", "closed", "tone"),
    [
        (date(2026, 10, 29), False, "late"),
        (date(2026, 11, 2), False, "due"),
        (date(2026, 11, 3), False, "plain"),
        (date(2026, 10, 29), True, "done"),
    ],
)
@time_machine.travel("2026-10-30 05:00 +0000", tick=False)
def test_a_deadline_carries_a_word_beside_its_colour(on, closed, tone):
    html = draw('{% component "due" on=on closed=closed %}', on=on, closed=closed)
    assert f"due-{tone}" in html
    assert ("ngày" in html) is not closed


@time_machine.travel("2026-10-30 18:00 +0000", tick=False)  # already the 31st in Vietnam
def test_today_is_counted_in_vietnam():
    assert "hôm nay" in draw('{% component "due" on=on %}', on=date(2026, 10, 31))


def test_a_chart_carries_its_numbers_as_a_table():
    data = {"kind": "bar", "categories": ["A", "B"], "series": [{"name": "Số", "values": [1500, 2]}]}
    with translation.override("vi"):
        html = draw('{% component "chart" id="c" title="Biểu đồ" data=data %}', data=data)
    assert '<script id="c-data" type="application/json">' in html
    assert '<td class="num">1.500</td>' in html
    assert '<th scope="row">A</th>' in html


@pytest.mark.parametrize(
    ("data", "cells"),
    [
        ({"kind": "line", "categories": ["Q1"], "series": [{"name": "S", "values": [7]}]}, ["Q1", "S", "7"]),
        ({"kind": "sankey", "links": [{"source": "Xã", "target": "Sở", "value": 4}]}, ["Xã", "Sở", "4"]),
    ],
)
def test_every_kind_of_chart_has_its_table(data, cells):
    html = draw('{% component "chart" id="c" title="x" data=data %}', data=data).split("<details", 1)[1]
    assert all(f">{cell}<" in html for cell in cells)


def test_a_heat_chart_is_a_table_shaded_by_fifths_of_the_largest():
    data = {"kind": "heat", "rows": ["R"], "columns": ["A", "B", "C"], "values": [[0, 1, 10]]}
    html = draw('{% component "chart" id="c" title="x" data=data %}', data=data)
    assert re.findall(r"heat-(\d)", html) == ["0", "1", "5"]
    assert "data-chart" not in html


def test_the_list_beside_the_map_keeps_the_order_given():
    points = [
        {"name": "Bê", "lon": 106, "lat": 10, "value": 1},
        {"name": "A", "lon": None, "lat": None, "value": 2},
    ]
    html = draw('{% component "map" id="m" title="x" points=points %}', points=points)
    listed = html.split("map-list", 1)[1]
    assert listed.index("Bê") < listed.index(">A<")


def test_colours_of_a_map_are_told_in_words_where_they_mean_something():
    points = [{"name": "A", "lon": 106, "lat": 10, "value": 1, "tone": "late", "text": "quá hạn"}]
    plain = draw('{% component "map" id="m" title="x" points=points %}', points=points)
    told = draw('{% component "map" id="m" title="x" points=points legend=legend %}', points=points, legend=[("late", "Quá hạn")])  # fmt: skip
    assert "map-legend" not in plain
    assert re.search(r'swatch-late"></span>Quá hạn<', told)


def test_a_heat_cell_without_a_level_is_pale_and_levels_stay_in_range():
    assert "heat-0" in draw('{% component "heat" value=3 %}')
    assert "heat-5" in draw('{% component "heat" value=3 level=9 %}')


class TestWordsOfATemplate:
    def test_are_said_in_the_language_of_the_moment(self):
        page = Template('{% load i18n web %}{% translate "Đơn vị" %}')
        for language in ("vi", "en", "vi"):
            with translation.override(language):
                assert page.render(Context()) == gettext("Đơn vị")

    def test_may_still_be_kept_filtered_or_told_apart(self):
        page = Template(
            '{% load i18n web %}{% translate "x" as kept %}{{ kept }}{% translate "y"|upper %}'
            '{% translate "z" context "several" %}{% translate word %}{% translate "100%" %}'
        )
        with translation.override("vi"):
            assert page.render(Context({"word": "<a>"})) == "xYz&lt;a&gt;100%"
            assert page.render(Context({"word": "b"})) == "xYzb100%"
