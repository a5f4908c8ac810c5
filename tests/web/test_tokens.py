"""The colours are read from the stylesheet and measured: text needs 4.5 to 1 (WCAG AA), marks of the interface 3 to 1."""

import re
from pathlib import Path

import pytest

import thongsuot.web

CSS = (Path(thongsuot.web.__file__).parent / "static/web/tokens.css").read_text()
THEMES = {"light": ":root {", "dark": '[data-bs-theme="dark"] {'}

TEXT = [
    *((ink, ground) for ink in ("ink", "ink-soft", "ink-faint", "link", "link-strong", "late", "due")
      for ground in ("paper", "surface")),
    ("ink", "sunken"), ("ink-soft", "sunken"), ("ink-faint", "sunken"), ("ink", "lit"),
    ("late", "late-soft"), ("due", "due-soft"), ("done", "done-soft"), ("link-strong", "link-soft"), ("ink-soft", "link-soft"),
    ("ink-soft", "done-soft"), ("ink", "late-soft"), ("ink", "due-soft"), ("ink", "link-soft"),
    ("on-link", "link"), ("on-link", "link-strong"), ("on-late", "late"), ("paper", "ink"),
    *(("heat-ink", f"heat-{level}") for level in range(4)), ("heat-ink-deep", "heat-4"), ("heat-ink-deep", "heat-5"),
]  # fmt: skip
MARKS = [
    *((mark, ground) for mark in ("line-strong", "focus", "done") for ground in ("paper", "surface")),
    *((f"chart-{place}", "paper") for place in range(1, 7)),
]


def tokens(theme: str) -> dict[str, str]:
    block = CSS.split(THEMES[theme], 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", block))


def luminance(colour: str) -> float:
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_measure_itself():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_can_be_read(theme, ink, ground):
    colours = tokens(theme)
    assert contrast(colours[ink], colours[ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("mark", "ground"), MARKS)
def test_marks_can_be_seen(theme, mark, ground):
    colours = tokens(theme)
    assert contrast(colours[mark], colours[ground]) >= 3


def test_both_themes_name_the_same_colours():
    assert tokens("light").keys() == tokens("dark").keys()


def test_the_stylesheet_of_the_kit_names_no_colour_of_its_own():
    rules = re.sub(
        r'url\("data:[^"]*"\)', "", (Path(thongsuot.web.__file__).parent / "static/web/web.css").read_text()
    )
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[^{]*[;}])", rules)
