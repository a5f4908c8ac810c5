"""One line for a proposed record: what it says, and beside it who and where."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from thongsuot.indicators.display import plain
from thongsuot.intake.content import Item
from thongsuot.intake.enums import Family
from thongsuot.intake.fields import show_field, spec
from thongsuot.lawbook.topics import topic_name
from thongsuot.oversight.enums import Part

_POINT = 90


def says(item: Item) -> str:
    return _SAYS[item.family](item) or _("(chưa có nội dung)")


def aside(item: Item) -> str:
    return _ASIDE[item.family](item)


def _shown(item: Item, name: str) -> str:
    return show_field(spec(item.family, name), item.fields.get(name))


def _joined(*parts: str | None, by: str = " · ") -> str:
    return by.join(part for part in parts if part)


def _figure(item: Item) -> str:
    sign = {">": _("hơn"), "<": _("gần"), "~": _("khoảng")}.get(item.fields.get("qualifier") or "", "")
    value = item.fields.get("value")
    said = [] if value is None else value if isinstance(value, list) else [value]
    numbers = " - ".join(plain(Decimal(str(one))) for one in said)
    return _joined(sign, numbers, item.fields.get("unit"), by=" ")


def _document(item: Item) -> str:
    symbol = _joined(item.fields.get("number"), item.fields.get("symbol"), by="-")
    return _joined(item.fields.get("type"), symbol, by=" ")


def _titles(item: Item) -> str:
    titles = item.fields.get("titles") or []
    return ", ".join(_joined(title.get("title"), title.get("organisation"), by=" ") for title in titles)


def _units(item: Item) -> str:
    return "; ".join(item.fields.get("units") or [])


def _proposal(item: Item) -> str:
    topic = topic_name(item.fields.get("topic") or "", get_language() or "vi")
    return _joined(topic, _units(item), item.fields.get("speaker"))


def _direction(item: Item) -> str:
    return _joined(item.fields.get("speaker"), item.fields.get("addressee") or _units(item), by=" → ")


def _part(item: Item) -> str:
    role = item.fields.get("role")
    return str(Part(role).label) if role in Part.values else ""


def point_words(fields: Mapping[str, Any]) -> str:
    """A point as it is chosen: "b) Rà soát hồ sơ …"."""
    words = f"{fields.get('label') or ''} {fields.get('text') or ''}".strip()
    return words if len(words) <= _POINT else f"{words[:_POINT].rsplit(' ', 1)[0]}…"


def _task(item: Item) -> str:
    fields = item.fields
    due = _("hạn %(day)s") % {"day": _shown(item, "due")} if fields.get("due") else ""
    told = fields.get("term") or {}
    words = f"({told['text']})" if due and told.get("text") and not told.get("on") else ""
    return _joined("; ".join(fields.get("lead") or []), _joined(due, words, by=" "), fields.get("product"))


_SAYS: Mapping[Family, Callable[[Item], str | None]] = {
    Family.TASKS: lambda item: item.fields.get("text"),
    Family.POINTS: lambda item: _joined(item.fields.get("label"), item.fields.get("text"), by=" "),
    Family.ADDRESSEES: lambda item: item.fields.get("name"),
    Family.PROPOSALS: lambda item: item.fields.get("text"),
    Family.DIRECTIONS: lambda item: item.fields.get("text"),
    Family.COMMITMENTS: lambda item: item.fields.get("text"),
    Family.FIGURES: _figure,
    Family.PEOPLE: lambda item: item.fields.get("name"),
    Family.ROLES: lambda item: item.fields.get("person"),
    Family.DOCUMENTS: _document,
    Family.UNITS: lambda item: item.fields.get("name"),
}
_ASIDE: Mapping[Family, Callable[[Item], str]] = {
    Family.TASKS: _task,
    Family.POINTS: lambda _item: "",
    Family.ADDRESSEES: lambda _item: "",
    Family.PROPOSALS: _proposal,
    Family.DIRECTIONS: _direction,
    Family.COMMITMENTS: lambda item: _joined(item.fields.get("speaker"), _units(item)),
    Family.FIGURES: lambda item: item.fields.get("subject") or "",
    Family.PEOPLE: _titles,
    Family.ROLES: _part,
    Family.DOCUMENTS: lambda item: _joined(_shown(item, "date"), item.fields.get("issuer")),
    Family.UNITS: lambda item: _joined(
        item.fields.get("code"), _("đơn vị cũ") if item.fields.get("status") == "former" else ""
    ),
}
