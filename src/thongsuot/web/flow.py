"""Drawing how one thing led to another: boxes in layers from left to right, joined by lines.

A box stands one layer to the right of the last thing it came from; inside a layer boxes stand near what they came
from, so that lines cross little. Everything is measured here, in pixels, and the page only prints it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

WIDTH, HEIGHT = 232, 104
_BETWEEN_LAYERS, _BETWEEN_BOXES, _MARGIN = 44, 14, 6
_LINE, _LINES = 31, 2


@dataclass(frozen=True, slots=True)
class Node:
    """What a box says: what it is, its name, then when and with whom, then how it stands."""

    key: str
    kind: str
    icon: str
    title: str
    facts: str = ""
    state: str = ""
    tone: str = "plain"
    url: str = ""
    here: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    source: str
    target: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    node: Node
    x: int
    y: int
    lines: Sequence[str]
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True, slots=True)
class Line:
    path: str
    label: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Drawing:
    width: int
    height: int
    boxes: Sequence[Box]
    lines: Sequence[Line]


def draw(nodes: Sequence[Node], edges: Sequence[Edge]) -> Drawing:
    """Edges to or from unknown nodes are left out; a circle of edges is cut where it would close."""
    known = {node.key: node for node in nodes}
    kept = [edge for edge in edges if edge.source in known and edge.target in known]
    layers = _layers(list(known), kept)
    rows = _rows(list(known), layers, kept)
    boxes = {key: Box(known[key], _x(layers[key]), _y(rows[key]), wrapped(known[key].title)) for key in known}
    width = _x(max(layers.values(), default=0)) + WIDTH + _MARGIN
    height = _y(max(rows.values(), default=0)) + HEIGHT + _MARGIN
    return Drawing(width, height, list(boxes.values()), [_line(boxes, edge) for edge in kept])


def _layers(keys: Sequence[str], edges: Sequence[Edge]) -> dict[str, int]:
    """The longest way from a beginning."""
    sources: dict[str, list[str]] = defaultdict(list)
    for edge in edges:
        sources[edge.target].append(edge.source)
    found: dict[str, int] = {}

    def layer(key: str, coming_from: frozenset[str]) -> int:
        if key not in found:
            above = [
                layer(source, coming_from | {key}) + 1
                for source in sources[key]
                if source not in coming_from and source != key
            ]
            found[key] = max(above, default=0)
        return found[key]

    for key in keys:
        layer(key, frozenset())
    return found


def _rows(keys: Sequence[str], layers: Mapping[str, int], edges: Sequence[Edge]) -> dict[str, int]:
    """Layer by layer, in the order of the middle of what each came from."""
    rows: dict[str, int] = {}
    for number in range(max(layers.values(), default=0) + 1):
        inside = [key for key in keys if layers[key] == number]
        middles = {key: _middle(key, rows, edges) for key in inside}
        for row, key in enumerate(sorted(inside, key=lambda key: middles[key])):
            rows[key] = row
    return rows


def _middle(key: str, rows: Mapping[str, int], edges: Sequence[Edge]) -> float:
    above = [rows[edge.source] for edge in edges if edge.target == key and edge.source in rows]
    return sum(above) / len(above) if above else 0.0


def _x(layer: int) -> int:
    return _MARGIN + layer * (WIDTH + _BETWEEN_LAYERS)


def _y(row: int) -> int:
    return _MARGIN + row * (HEIGHT + _BETWEEN_BOXES)


def _line(boxes: Mapping[str, Box], edge: Edge) -> Line:
    start, end = boxes[edge.source], boxes[edge.target]
    x1, y1 = start.x + WIDTH, start.y + HEIGHT // 2
    x2, y2 = end.x, end.y + HEIGHT // 2
    bend = max(_BETWEEN_LAYERS // 2, abs(x2 - x1) // 2)
    path = f"M{x1} {y1}C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}"
    return Line(path, edge.label, (x1 + x2) // 2, (y1 + y2) // 2 - 5)


def wrapped(text: str) -> list[str]:
    """The beginning of the text in as many lines as a box has; the last ends in an ellipsis where text is left."""
    lines: list[str] = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= _LINE or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > _LINES:
        lines = [*lines[: _LINES - 1], f"{lines[_LINES - 1][: _LINE - 1].rstrip()}…"]
    return [line if len(line) <= _LINE else f"{line[: _LINE - 1]}…" for line in lines]


def chain(*keys: str) -> list[Edge]:
    return [Edge(source, target) for source, target in pairwise(keys)]
