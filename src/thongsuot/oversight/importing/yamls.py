"""A campaign as YAML; every value is read with its line."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

import yaml
from django.utils.translation import gettext as _

from thongsuot.kernel.typed import day_of
from thongsuot.oversight.enums import SeatPart
from thongsuot.oversight.importing.content import (
    CampaignSet,
    Group,
    Name,
    Person,
    Plan,
    Planned,
    kept,
    spaced,
)
from thongsuot.oversight.importing.moments import hour_of

Value = TypeVar("Value")
Fields = Mapping[str, yaml.Node]

_KINDS = {
    "xa": "xã",
    "phuong": "phường",
    "dac_khu": "đặc khu",
    "xã": "xã",
    "phường": "phường",
    "đặc khu": "đặc khu",
}
_LISTS = {
    "leaders": SeatPart.LEADER,
    "deputies": SeatPart.DEPUTY,
    "members": SeatPart.MEMBER,
    "secretaries": SeatPart.SECRETARY,
}
_SINGLE = {
    "leader": (SeatPart.LEADER, "leader_title"),
    "deputy_leader": (SeatPart.DEPUTY, "deputy_title"),
    "secretary": (SeatPart.SECRETARY, "secretary_title"),
}
_GROUP_KEYS = {
    "number",
    "name",
    "units",
    "party_blocs",
    "complete",
    "visits",
    *_LISTS,
    *_SINGLE,
    *(title for _part, title in _SINGLE.values()),
}
_PERSON_KEYS = {"name", "title", "from", "to"}
_VISIT_KEYS = {"date", "time", "place", "units"}
_PLAN_KEYS = {"plan_symbol", "plan_date", "plan_issuer"}


def read_yaml(data: bytes, name: str, found: CampaignSet) -> None:
    try:
        root = yaml.compose(data.decode("utf-8-sig"), Loader=yaml.SafeLoader)
    except UnicodeDecodeError:
        found.wrong(name, _("Tệp không phải Excel (.xlsx) hay YAML bảng mã UTF-8."))
        return
    except yaml.MarkedYAMLError as wrong:
        mark = wrong.problem_mark or wrong.context_mark
        found.wrong(_line(mark), _("Sai cú pháp YAML: %(why)s.") % {"why": wrong.problem or wrong.context})
        return
    except yaml.YAMLError as wrong:
        found.wrong(name, _("Sai cú pháp YAML: %(why)s.") % {"why": str(wrong).splitlines()[0]})
        return
    _Reader(found).whole(root, name)


def _line(mark: Any) -> str:
    return _("dòng %(line)d") % {"line": mark.line + 1} if mark else _("đầu tệp")


class _Reader:
    def __init__(self, found: CampaignSet) -> None:
        self.found = found

    def whole(self, root: yaml.Node | None, name: str) -> None:
        fields = self._fields(root, {"campaign", "groups"}, "") if root else {}
        if campaign := fields.get("campaign"):
            self._plan(self._fields(campaign, _PLAN_KEYS, "campaign."))
        for node in self._items(fields.get("groups")):
            self._group(node)

    def _plan(self, fields: Fields) -> None:
        if (node := fields.get("plan_symbol")) is None or not self._text(node):
            return
        symbol = self.found.symbol(self._text(node), _line(node.start_mark))
        if symbol:
            on = self._moment(fields.get("plan_date"), day_of)
            self.found.plan = Plan(symbol, on, self._text(fields.get("plan_issuer")), _line(node.start_mark))

    def _group(self, node: yaml.Node) -> None:
        fields, place = self._fields(node, _GROUP_KEYS, "groups."), _line(node.start_mark)
        if not fields:
            return
        if "number" not in fields:
            self.found.wrong(place, _("Tổ chưa có số (number)."))
            return
        number = self.found.number(self._text(fields["number"]), _line(fields["number"].start_mark))
        if number is None:
            return
        if number in self.found.groups:
            self.found.wrong(place, _("Tổ số %(number)d đã có ở phần trên của tệp.") % {"number": number})
            return
        group = self.found.group(number, place)
        group.name = self._text(fields.get("name"))
        group.complete = self._text(fields.get("complete")).lower() in ("true", "yes", "có")
        group.blocs = kept(self._text(bloc) for bloc in self._items(fields.get("party_blocs")))
        group.units = list(self._units(fields.get("units")))
        group.people = list(self._people(fields))
        group.visits = list(self._visits(fields.get("visits"), group))

    def _units(self, node: yaml.Node | None) -> Iterator[Name]:
        """A list of names, or lists by kind: {xa: […], phuong: […]}."""
        if not isinstance(node, yaml.MappingNode):
            yield from self._names(node, "")
            return
        for key, value in node.value:
            kind = _KINDS.get(spaced(key.value).lower()) if isinstance(key, yaml.ScalarNode) else None
            if kind is None:
                self.found.wrong(_line(key.start_mark), _("Loại đơn vị phải là xa, phuong hoặc dac_khu."))
            else:
                yield from self._names(value, f"{kind} ")

    def _names(self, node: yaml.Node | None, kind: str) -> Iterator[Name]:
        for item in self._items(node):
            if text := self._text(item):
                yield Name(f"{kind}{text}", _line(item.start_mark))

    def _people(self, fields: Fields) -> Iterator[Person]:
        for key, (part, title) in _SINGLE.items():
            node = fields.get(key)
            if node is not None and (name := self._text(node)):
                yield Person(part, name, self._text(fields.get(title)), None, None, _line(node.start_mark))
        for key, part in _LISTS.items():
            for item in self._items(fields.get(key)):
                if person := self._person(part, item):
                    yield person

    def _person(self, part: SeatPart, node: yaml.Node) -> Person | None:
        """A name alone, or {name, title, from, to}."""
        place = _line(node.start_mark)
        if isinstance(node, yaml.ScalarNode):
            name = self._text(node)
            return Person(part, name, "", None, None, place) if name else None
        fields = self._fields(node, _PERSON_KEYS, "")
        if not (name := self._text(fields.get("name"))):
            self.found.wrong(place, _("Người chưa có họ tên (name)."))
            return None
        since, until = self._moment(fields.get("from"), day_of), self._moment(fields.get("to"), day_of)
        return Person(part, name, self._text(fields.get("title")), since, until, place)

    def _visits(self, node: yaml.Node | None, group: Group) -> Iterator[Planned]:
        for item in self._items(node):
            fields, place = self._fields(item, _VISIT_KEYS, "visits."), _line(item.start_mark)
            if not fields:
                continue
            on = self._moment(fields.get("date"), day_of)
            if on is None:
                if self._blank(fields.get("date")):
                    self.found.wrong(place, _("Buổi của tổ số %d chưa có ngày (date).") % group.number)
                continue
            units = tuple(self._units(fields.get("units")))
            hour = self._moment(fields.get("time"), hour_of)
            yield Planned(on, hour, self._text(fields.get("place")), units, place)

    def _fields(self, node: yaml.Node | None, known: set[str], path: str) -> dict[str, yaml.Node]:
        """The values under the known keys; other keys are told as left aside."""
        if not isinstance(node, yaml.MappingNode):
            if node is not None:
                self.found.wrong(_line(node.start_mark), _("Chỗ này phải là các cặp khóa: giá trị."))
            return {}
        self.found.count(len(node.value))
        fields = {}
        for key, value in node.value:
            name = spaced(key.value) if isinstance(key, yaml.ScalarNode) else ""
            if name in known:
                fields[name] = value
            elif (told := f"{path}{name}") not in self.found.ignored:
                self.found.ignored.append(told)
        return fields

    def _items(self, node: yaml.Node | None) -> list[yaml.Node]:
        if node is None or self._blank(node):
            return []
        if not isinstance(node, yaml.SequenceNode):
            self.found.wrong(_line(node.start_mark), _("Chỗ này phải là một danh sách."))
            return []
        self.found.count(len(node.value))
        return list(node.value)

    def _text(self, node: yaml.Node | None) -> str:
        if node is None or self._blank(node):
            return ""
        if not isinstance(node, yaml.ScalarNode):
            self.found.wrong(_line(node.start_mark), _("Chỗ này phải là chữ hoặc số."))
            return ""
        return spaced(node.value)

    def _moment(self, node: yaml.Node | None, read: Callable[[object], Value | None]) -> Value | None:
        text = self._text(node)
        if node is None or not text:
            return None
        if (moment := read(text)) is None:
            kind = _("ngày, như 30-10-2025") if read is day_of else _("giờ, như 8:30")
            self.found.wrong(
                _line(node.start_mark), _("“%(said)s” không phải %(kind)s.") % {"said": text, "kind": kind}
            )
        return moment

    @staticmethod
    def _blank(node: yaml.Node | None) -> bool:
        if node is None:
            return True
        return isinstance(node, yaml.ScalarNode) and (
            node.tag == "tag:yaml.org,2002:null" or not str(node.value).strip()
        )
