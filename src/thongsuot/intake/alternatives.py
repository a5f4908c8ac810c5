"""Which row of a register an item will be tied to, and which others it could be instead."""

from django.utils.translation import gettext as _

from thongsuot.documents.models import Document
from thongsuot.intake.content import Item
from thongsuot.intake.enums import Family
from thongsuot.intake.fields import NEW
from thongsuot.intake.matching import Matches
from thongsuot.intake.targets import group_words
from thongsuot.kernel.vietnamese import fold
from thongsuot.oversight.models import Official
from thongsuot.units.models import Unit

Options = list[tuple[str, str]]


def chosen_official(item: Item | None, name: str, matches: Matches) -> Official | None:
    """The person picked; else the one of exactly that name seen last; None for somebody new to the register."""
    picked = item.fields.get("match") if item else None
    if picked == NEW:
        return None
    known = matches.official(name)
    by_key = next((official for official in known if str(official.pk) == picked), None)
    return by_key or next((official for official in known if fold(official.name) == fold(name)), None)


def chosen_document(item: Item, matches: Matches) -> Document | None:
    """The document a person picked, if they did."""
    picked = item.fields.get("match")
    return next((one for one in matches.documents.get(item.key, ()) if str(one.pk) == picked), None)


def match_options(item: Item, matches: Matches) -> Options:
    """What a person may choose; the first stands for the row found by itself."""
    match item.family:
        case Family.PEOPLE:
            return _people(item, matches)
        case Family.DOCUMENTS:
            found = [(str(document.pk), str(document)) for document in matches.documents.get(item.key, ())]
            return [("", _("Tự khớp theo số, ngày, cơ quan ban hành")), *found, (NEW, _("Ghi mới vào sổ"))]
        case Family.UNITS:
            bearing = matches.unit(item.fields.get("name")).alternatives
            return [("", ""), *((unit.code, _place(unit)) for unit in bearing)]
        case _:
            return []


def _people(item: Item, matches: Matches) -> Options:
    name = item.fields.get("name") or ""
    found = chosen_official(None, name, matches)
    alone = _("Tự khớp: %(person)s") % {"person": _person(found)} if found else _("Người mới trong sổ")
    known = [(str(official.pk), _person(official)) for official in matches.official(name)]
    return [("", alone), *known, *([(NEW, _("Người khác cùng tên, ghi mới"))] if known else [])]


def _person(official: Official) -> str:
    seen = _("gặp lần cuối %(day)s") % {"day": f"{official.last_seen:%d-%m-%Y}"} if official.last_seen else ""
    return ", ".join(part for part in (official.name, str(official.unit or ""), seen) if part)


def _place(unit: Unit) -> str:
    above = f", {unit.parent}" if unit.parent else ""
    return f"{unit} ({unit.code}){above}"


def matched(item: Item, matches: Matches) -> str:
    """In words, the row the item will be tied to; empty where there is none yet."""
    match item.family:
        case Family.TASKS:
            return ", ".join(_meant(name, matches) for name in item.fields.get("lead") or [])
        case Family.ADDRESSEES:
            return _meant(item.fields.get("name") or "", matches)
        case Family.UNITS | Family.FIGURES:
            printed = item.fields.get("name" if item.family == Family.UNITS else "subject")
            unit = matches.unit(printed).chosen
            return _place(unit) if unit else ""
        case Family.DOCUMENTS:
            documents = matches.documents.get(item.key, ())
            picked = chosen_document(item, matches) or (documents[0] if len(documents) == 1 else None)
            return str(picked) if picked and item.fields.get("match") != NEW else ""
        case Family.PEOPLE:
            official = chosen_official(item, item.fields.get("name") or "", matches)
            return _person(official) if official else ""
        case _:
            return ""


def _meant(name: str, matches: Matches) -> str:
    return matches.target(name).words() or group_words(name) or _("chưa khớp “%(name)s”") % {"name": name}
