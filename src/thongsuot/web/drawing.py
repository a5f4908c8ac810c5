"""Values that components derive from their props before drawing."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from math import ceil
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thongsuot.web.flow import draw
from thongsuot.web.multiples import draw_small

Props = dict[str, Any]

ALERT_ICONS = {
    "late": "alert-triangle",
    "due": "clock",
    "calm": "info-circle",
    "done": "check",
    "plain": "info-circle",
}
HEAT_LEVELS = 6


def local_day(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value


def days_in_words(on: date | datetime, today: date | None = None) -> str:
    days = (local_day(on) - (today or timezone.localdate())).days
    if days == 0:
        return _("hôm nay")
    if days > 0:
        return ngettext("còn %(days)s ngày", "còn %(days)s ngày", days) % {"days": _grouped(days)}
    return ngettext("quá hạn %(days)s ngày", "quá hạn %(days)s ngày", -days) % {"days": _grouped(-days)}


def _grouped(days: int) -> str:
    return formats.number_format(days, use_l10n=True, force_grouping=True)


def due(props: Props) -> Props:
    on = props["on"]
    if not on:
        return {"words": "", "tone": "plain", "icon": ""}
    days = (local_day(on) - timezone.localdate()).days
    if props["closed"]:
        return {"words": "", "tone": "done", "icon": "check"}
    tone = "late" if days < 0 else "due" if days <= int(props["soon"]) else "plain"
    icon = {"late": "alert-triangle", "due": "clock"}.get(tone, "")
    return {"words": days_in_words(on), "tone": tone, "icon": icon}


def alert(props: Props) -> Props:
    return {"icon": props["icon"] or ALERT_ICONS[props["tone"]]}


def tabs(props: Props) -> Props:
    """Items are mappings: label, url, and optionally count, active, icon."""
    return {"items": [{"count": None, "active": False, "icon": "", **item} for item in props["items"]]}


def heat(props: Props) -> Props:
    return {"level": max(0, min(HEAT_LEVELS - 1, int(props["level"] or 0)))}


def progress(props: Props) -> Props:
    done, total = int(props["done"] or 0), int(props["total"] or 0)
    return {"done": done, "total": total, "percent": round(100 * done / total) if total else 0}


def pager(props: Props) -> Props:
    page, request = props["page"], props["request"]
    number, last = page.number, page.paginator.num_pages
    near = {1, last, number - 1, number, number + 1}
    shown = sorted(n for n in near if 1 <= n <= last)
    steps: list[int | None] = []
    for n in shown:
        if steps and steps[-1] is not None and n - steps[-1] > 1:
            steps.append(None)
        steps.append(n)
    return {
        "steps": [{"number": n, "url": address(request, page=n) if n else ""} for n in steps],
        "before": address(request, page=number - 1) if page.has_previous() else "",
        "after": address(request, page=number + 1) if page.has_next() else "",
        "size_links": [
            {
                "size": size,
                "url": address(request, per_page=size, page=None),
                "active": size == page.paginator.per_page,
            }
            for size in props["sizes"]
        ],
    }


def address(request: Any, **changes: object) -> str:
    """The present address with some parameters set, or taken out when None."""
    query = request.GET.copy()
    query.pop("export", None)
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"{request.path}?{query.urlencode()}" if query else str(request.path)


def chart(props: Props) -> Props:
    """The table beside the chart: the same numbers, for reading, printing and screen readers."""
    data: Mapping[str, Any] = props["data"]
    match data.get("kind", "bar"):
        case "heat":  # the table is the chart
            return {"head": ["", *data["columns"]], "heat_rows": _shaded(data["rows"], data["values"])}
        case "sankey":
            head = [_("Từ"), _("Đến"), _("Số")]
            rows = [[link["source"], link["target"], link["value"]] for link in data["links"]]
        case _:
            head = ["", *(series["name"] for series in data["series"])]
            columns = [series["values"] for series in data["series"]]
            rows = [[name, *values] for name, *values in zip(data["categories"], *columns, strict=True)]
    return {"head": head, "rows": rows, "json_id": f"{_safe_id(props['id'])}-data"}


def _shaded(names: Sequence[str], values: Sequence[Sequence[Any]]) -> list[tuple[str, list[tuple[Any, int]]]]:
    """Each value with its level: fifths of the largest."""
    largest = max((value or 0 for row in values for value in row), default=0) or 1

    def level(value: Any) -> int:
        return min(HEAT_LEVELS - 1, ceil((HEAT_LEVELS - 1) * value / largest)) if value else 0

    return [(name, [(value, level(value)) for value in row]) for name, row in zip(names, values, strict=True)]


def points(props: Props) -> Props:
    """Points are mappings: name, lon, lat, size, value, and optionally url, text, tone. Kept in the order given.
    Lines join two of them: from and to as [lon, lat], value, and the names start and end. The legend says in pairs what
    each tone means."""
    kept = [{"url": "", "text": "", "tone": "plain", **point} for point in props["points"]]
    placed = [point for point in kept if point.get("lon") is not None and point.get("lat") is not None]
    data = {"points": placed, "sizeLabel": str(props["size_label"]), "valueLabel": str(props["value_label"])}
    data["lines"] = [line for line in props["lines"] if None not in (*line["from"], *line["to"])]
    return {"points": kept, "map_data": data, "json_id": f"{_safe_id(props['id'])}-data"}


def flow(props: Props) -> Props:
    """Nodes and edges of web.flow, placed; named in the order in which they are read, layer by layer."""
    drawn = draw(list(props["nodes"]), list(props["edges"]))
    in_order = replace(drawn, boxes=sorted(drawn.boxes, key=lambda box: (box.x, box.y)))
    return {"drawn": in_order, "id": _safe_id(props["id"])}


def multiples(props: Props) -> Props:
    """Items are `web.multiples.Small`; steps the names of what their values stand for, one after the other."""
    steps = [str(step) for step in props["steps"]]
    return {"sheet": draw_small(list(props["items"])), "steps": steps, "id": _safe_id(props["id"])}


def _safe_id(value: object) -> str:
    return re.sub(r"[^\w-]", "", str(value))
