"""From the JSON of a problem file to a `Problem`, every fault told at once."""

import json
import math
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from thongsuot.placement.consistency import consistent
from thongsuot.placement.faults import BadProblem, Fault, Faults
from thongsuot.placement.problem import (
    SCHEMA,
    STAGES,
    Forbid,
    Frame,
    Limit,
    Person,
    Pin,
    Position,
    Problem,
    Relatives,
    Rules,
    Unit,
)

_MISSING: Any = object()


class Reader:
    """Reads values of one JSON object by key; a wrong one is noted and replaced, so that reading goes on."""

    def __init__(self, found: Faults, path: str, data: Mapping[str, Any]) -> None:
        self._found = found
        self._path = path
        self._data = data
        self.keys = data.keys()

    def is_null(self, key: str) -> bool:
        return self._data.get(key, _MISSING) is None

    def is_object(self, key: str) -> bool:
        return isinstance(self._data.get(key), Mapping)

    def fault(self, key: str, vi: str, en: str) -> None:
        self._found.add(self.at(key), vi, en)

    def at(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path else key

    def text(self, key: str, default: Any = _MISSING) -> Any:
        return self._value(key, default, lambda v: isinstance(v, str) and v.strip() != "", _TEXT, "")

    def words(self, key: str) -> str:
        """A text that explains and may be empty or missing."""
        return str(self._value(key, "", lambda v: isinstance(v, str), _TEXT, ""))

    def whole(self, key: str, default: Any = _MISSING) -> Any:
        value = self._value(key, default, _is_whole, _WHOLE, 0)
        return int(value) if isinstance(value, float) else value

    def number(self, key: str, default: Any = _MISSING) -> Any:
        return self._value(key, default, _is_number, _NUMBER, 0.0)

    def truth(self, key: str, default: Any = _MISSING) -> Any:
        return self._value(key, default, lambda v: isinstance(v, bool), _TRUTH, True)

    def texts(self, key: str, default: Any = ()) -> tuple[str, ...]:
        value = self._value(key, default, lambda v: isinstance(v, list | tuple), _LIST, ())
        for index, one in enumerate(value):
            if not isinstance(one, str):
                self._found.add(f"{self.at(key)}[{index}]", *_TEXT)
        return tuple(one for one in value if isinstance(one, str))

    def map(self, key: str) -> Mapping[str, Any]:
        value: Mapping[str, Any] = self._value(key, {}, lambda v: isinstance(v, Mapping), _OBJECT, {})
        return value

    def inside(self, key: str) -> "Reader":
        """The object that stands under the key; a missing one is a fault."""
        value = self._value(key, _MISSING, lambda v: isinstance(v, Mapping), _OBJECT, None)
        return Reader(self._found if value is not None else Faults(), self.at(key), value or {})

    def items(self, key: str, default: Any = _MISSING) -> Iterator[tuple[int, "Reader"]]:
        value = self._value(key, default, lambda v: isinstance(v, list | tuple), _LIST, ())
        for index, one in enumerate(value):
            path = f"{self.at(key)}[{index}]"
            if isinstance(one, Mapping):
                yield index, Reader(self._found, path, one)
            else:
                self._found.add(path, *_OBJECT)

    def _value(
        self, key: str, default: Any, right: Callable[[Any], bool], what: tuple[str, str], instead: Any
    ) -> Any:
        value = self._data.get(key, _MISSING)
        if value is _MISSING:
            if default is _MISSING:
                self._found.add(self.at(key), "thiếu mục này", "this entry is missing")
                return instead
            return default
        if value is None and (default is None or default == ()):
            return default
        if right(value):
            return value
        self._found.add(self.at(key), *what)
        return instead


_TEXT = ("phải là chữ trong dấu ngoặc kép, không để trống", "must be a text, not empty")
_WHOLE = ("phải là số nguyên", "must be a whole number")
_NUMBER = ("phải là số", "must be a number")
_TRUTH = ("phải là true hoặc false", "must be true or false")
_LIST = ("phải là danh sách [ … ]", "must be a list [ … ]")
_OBJECT = ("phải là nhóm { … }", "must be an object { … }")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_whole(value: Any) -> bool:
    return _is_number(value) and value == int(value)


def load(text: str | bytes) -> Any:
    """JSON without the traps of `json.loads`: a key twice, NaN and Infinity are faults. Raises `BadProblem`."""
    found = Faults()
    try:
        decoded = text.decode("utf-8-sig") if isinstance(text, bytes) else text
        data = json.loads(decoded, object_pairs_hook=_once(found), parse_constant=_constant(found))
    except UnicodeDecodeError as problem:
        raise BadProblem(
            [
                Fault(
                    "",
                    f"tệp không phải UTF-8 (byte thứ {problem.start})",
                    f"not UTF-8 (byte {problem.start})",
                )
            ]
        ) from problem
    except json.JSONDecodeError as problem:
        where = f"line {problem.lineno}, column {problem.colno}"
        vi = f"JSON hỏng ở dòng {problem.lineno}, cột {problem.colno}"
        raise BadProblem([Fault("", vi, f"broken JSON at {where}: {problem.msg}")]) from problem
    except RecursionError as problem:
        raise BadProblem([Fault("", "JSON lồng quá sâu", "JSON nested too deeply")]) from problem
    found.refuse_if_any()
    return data


def _once(found: Faults) -> Callable[[list[tuple[str, Any]]], dict[str, Any]]:
    def pairs(given: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(given)
        if len(made) < len(given):
            names = [name for name, _ in given]
            for name in sorted({name for name in names if names.count(name) > 1}):
                found.add(
                    name, f"khóa «{name}» ghi hai lần trong một nhóm", f"key '{name}' twice in one object"
                )
        return made

    return pairs


def _constant(found: Faults) -> Callable[[str], float]:
    def refuse(name: str) -> float:
        found.add("", f"{name} không phải là số", f"{name} is not a number")
        return 0.0

    return refuse


def problem_from(data: Any) -> Problem:
    """The problem a decoded JSON value holds. Raises `BadProblem` with every fault and its path at once."""
    found = Faults()
    if not isinstance(data, Mapping):
        raise BadProblem([Fault("", *_OBJECT)])
    reader = Reader(found, "", data)
    schema = reader.text("schema")
    if schema and schema != SCHEMA:
        found.add("schema", f"phải là «{SCHEMA}»", f"must be '{SCHEMA}'")
    parts = _parts(reader)
    consistent(found, parts)
    found.refuse_if_any()
    return Problem(**{name: _together(name, items) for name, items in parts.items()})


def _together(name: str, items: list[tuple[int, Any]]) -> Any:
    if name in ("rules", "on"):
        return items[0][1]
    if name == "previous" and [one for _, one in items] == [None]:
        return None
    return tuple(one for _, one in items)


def _parts(reader: Reader) -> dict[str, list[tuple[int, Any]]]:
    rules = reader.inside("rules")
    wanted = reader.texts("stages", STAGES)
    return {
        "on": [(0, reader.text("on", None))],
        "rules": [(0, Rules(_limit_of(rules), rules.truth("keep_cover", True)))],
        "units": [(index, _unit(one)) for index, one in reader.items("units")],
        "positions": [(index, _position(one)) for index, one in reader.items("positions")],
        "frames": [(index, _frame(one)) for index, one in reader.items("frames")],
        "people": [(index, _person(one)) for index, one in reader.items("people")],
        "pins": [(index, _pin(one)) for index, one in reader.items("pins", ())],
        "forbids": [(index, _forbid(one)) for index, one in reader.items("forbids", ())],
        "stages": [(index, one) for index, one in enumerate(dict.fromkeys(wanted))],
        "limits": [(index, _limit(one)) for index, one in reader.items("limits", ())],
        "relatives": [(index, _relatives(one)) for index, one in reader.items("relatives", ())],
        "previous": _previous(reader),
        "agreed": [(index, _pin(one)) for index, one in reader.items("agreed", ())],
    }


def _limit_of(rules: Reader) -> float | None:
    """Null says that no distance is too far; leaving it out is a fault, not a guess."""
    return None if rules.is_null("max_km") else float(rules.number("max_km"))


def _previous(reader: Reader) -> list[tuple[int, Any]]:
    if "previous" not in reader.keys:
        return [(0, None)]
    return [(index, _pin(one)) for index, one in reader.items("previous", ())]


def _unit(one: Reader) -> Unit:
    code = one.text("code")
    return Unit(
        code,
        one.words("name") or code,
        one.number("lat"),
        one.number("lon"),
        one.words("area"),
        one.whole("quota", None),
        one.whole("max_departures", None),
    )


def _position(one: Reader) -> Position:
    code = one.text("code")
    block = one.text("block", "government")
    return Position(code, one.words("name") or code, one.words("field"), one.whole("weight"), block)


def _frame(one: Reader) -> Frame:
    return Frame(one.text("unit"), one.text("position"), one.whole("places"))


def _person(one: Reader) -> Person:
    return Person(
        one.text("id"),
        one.text("unit"),
        one.text("position", None),
        one.text("block", "government"),
        MappingProxyType(dict(one.map("fits"))),
        one.text("locked", None),
        one.text("origin", None),
        _home(one),
        tuple(sorted(set(one.texts("prefers")))),
        one.truth("secondment", False),
    )


def _home(one: Reader) -> Any:
    """Kept with the person and used by no rule: {"lat", "lon"}, or words."""
    if not one.is_object("home"):
        return one.text("home", None)
    point = one.inside("home")
    return float(point.number("lat")), float(point.number("lon"))


def _pin(one: Reader) -> Pin:
    return Pin(one.text("person"), one.text("unit"), one.text("position"))


def _forbid(one: Reader) -> Forbid:
    return Forbid(one.text("person"), one.text("unit"), one.text("position", None))


def _limit(one: Reader) -> Limit:
    return Limit(
        one.text("unit", None), tuple(sorted(set(one.texts("positions", _MISSING)))), one.whole("most")
    )


def _relatives(one: Reader) -> Relatives:
    people = one.texts("people", _MISSING)
    if len(people) != 2:
        one.fault("people", "phải ghi đúng hai người", "must name exactly two people")
        people = (*people, "", "")[:2]
    first, second = sorted(people)
    return Relatives((first, second), tuple(sorted(set(one.texts("positions")))))
