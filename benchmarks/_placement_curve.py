"""How time grows with size, as a drawing for a page and as a chart for a terminal. Both axes are logarithmic."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

SERIES = {"ours": ("#0b57d0", "no departure caps"), "ours_with_caps": ("#b3261e", "with departure caps")}
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 420, 64, 24, 40, 48
Points = Sequence[Mapping[str, Any]]


def _ticks(low: float, high: float) -> list[float]:
    """1, 2 and 5 times powers of ten that cover the values."""
    found = [
        base * 10.0**power
        for power in range(math.floor(math.log10(low)) - 1, math.ceil(math.log10(high)) + 1)
        for base in (1, 2, 5)
    ]
    first = max((one for one in found if one <= low), default=found[0])
    last = min((one for one in found if one >= high), default=found[-1])
    return [one for one in found if first <= one <= last]


def drawing(points: Points) -> str:
    """An SVG file that needs nothing else."""
    seconds = [max(0.001, one[name]["seconds"]) for one in points for name in SERIES]
    across = _ticks(points[0]["units"], points[-1]["units"])
    up = _ticks(min(seconds), max(seconds))

    def x(units: float) -> float:
        return _between(units, across, LEFT, WIDTH - RIGHT)

    def y(value: float) -> float:
        return _between(value, up, HEIGHT - BOTTOM, TOP)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif"'
        f' font-size="13" role="img" aria-label="Seconds to a proven plan by number of units">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
    ]
    for one in across:
        parts.append(_line(x(one), TOP, x(one), HEIGHT - BOTTOM))
        parts.append(_text(x(one), HEIGHT - BOTTOM + 18, f"{one:g}", "middle"))
    for one in up:
        parts.append(_line(LEFT, y(one), WIDTH - RIGHT, y(one)))
        parts.append(_text(LEFT - 8, y(one) + 4, f"{one:g}", "end"))
    parts.append(_text(WIDTH / 2, HEIGHT - 8, "units", "middle"))
    parts.append(_text(8, 16, "seconds", "start"))
    for place, (name, (colour, label)) in enumerate(SERIES.items()):
        spots = [(x(one["units"]), y(max(0.001, one[name]["seconds"]))) for one in points]
        path = " ".join(f"{a:.1f},{b:.1f}" for a, b in spots)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3.5" fill="{colour}"/>' for a, b in spots]
        parts.append(f'<rect x="{150 + 200 * place}" y="8" width="12" height="12" fill="{colour}"/>')
        parts.append(_text(168 + 200 * place, 19, label, "start"))
    return "\n".join([*parts, "</svg>", ""])


def _between(value: float, ticks: Sequence[float], start: float, end: float) -> float:
    low, high = math.log(ticks[0]), math.log(ticks[-1])
    return start + (end - start) * ((math.log(value) - low) / (high - low) if high > low else 0.5)


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="#ddd"/>'


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="#333">{words}</text>'


def text_chart(points: Points, width: int = 60) -> str:
    """A bar a size; each further column is the same factor of time."""
    seconds = [max(0.001, one[name]["seconds"]) for one in points for name in SERIES]
    low, high = math.log(min(seconds) / 1.5), math.log(max(seconds))
    lines = []
    for one in points:
        for name, mark in zip(SERIES, "█▒", strict=True):
            value = max(0.001, one[name]["seconds"])
            length = round(width * (math.log(value) - low) / (high - low)) if high > low else width
            title = f"{one['units']:6}" if mark == "█" else " " * 6
            lines.append(f"{title} {mark * max(1, length)} {value:.2f} s")
    return "\n".join([*lines, "       █ no departure caps   ▒ with departure caps   (logarithmic)"])
