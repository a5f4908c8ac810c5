"""A small city and a report about it, read by hand, so that these tests do not hang on how well reports are read."""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from tests import people
from thongsuot.audit.actors import SYSTEM
from thongsuot.indicators.actions import load_catalogue
from thongsuot.intake.attribution import attribute_units
from thongsuot.intake.content import content_of
from thongsuot.intake.models import Draft
from thongsuot.sources.actions import Received, receive_source
from thongsuot.units.loading import name_of
from thongsuot.units.models import UNRECORDED, Mandate, Unit

TEXT = (
    "Chiều 30-10, Tổ công tác số 10 do đồng chí Lê An, Phó Trưởng Ban Tổ chức Thành ủy, làm Tổ trưởng, giám sát theo "
    "Kế hoạch số 249-KH/UBKTTW ngày 24-7-2025 tại phường Sông Trước và phường Sông Sau. "
    "Phường Sông Trước có hơn 152.000 dân. Bà Trần Bình, Bí thư Đảng ủy phường Sông Sau, kiến nghị bổ sung biên chế. "
    "Đồng chí Lê An yêu cầu phường Sông Sau rà soát hồ sơ quá hạn. Tổ công tác sẽ báo cáo thành phố."
)


@dataclass(frozen=True, slots=True)
class City:
    province: Unit
    front: Unit
    back: Unit


def city(code: str = "79") -> City:
    province = _unit(code, "province", "thành phố", "Sông Lớn", None, UNRECORDED)
    front = _unit(f"{code}001", "commune", "phường", "Sông Trước", province, date(2025, 7, 1))
    back = _unit(f"{code}002", "commune", "phường", "Sông Sau", province, date(2025, 7, 1))
    load_catalogue(by=SYSTEM)
    return City(province, front, back)


def _unit(code: str, tier: str, kind: str, name: str, parent: Unit | None, since: date) -> Unit:
    unit = Unit.objects.create(code=code, tier=tier, kind=kind, name=name, parent=parent, valid_from=since)
    name_of(unit).save()
    return unit


def reading(text: str = TEXT) -> dict[str, Any]:
    """In the form of the reading contract."""
    return {
        "meeting": {
            "kind": "supervision",
            "date": "2025-10-30",
            "working_group": 10,
            "organisation": "Ban Thường vụ Thành ủy",
            "chair": "Lê An",
            "units": ["phường Sông Trước", "phường Sông Sau"],
            "ordinal": None,
            "term": None,
        },
        "roles": [{"role": "leads", "person": "Lê An", **_at(text, "Lê An")}],
        "documents": [
            {
                "type": "kế hoạch",
                "number": "249",
                "symbol": "KH/UBKTTW",
                "date": "2025-07-24",
                "issuer": "Ủy ban Kiểm tra Trung ương",
                **_at(text, "Kế hoạch số 249-KH/UBKTTW ngày 24-7-2025"),
            }
        ],
        "people": [
            _person(text, "Lê An", "Phó Trưởng Ban", "Ban Tổ chức Thành ủy"),
            _person(text, "Trần Bình", "Bí thư", "Đảng ủy phường Sông Sau"),
        ],
        "units": [
            {
                "name": "phường Sông Trước",
                "code": "79001",
                "status": "current",
                **_spans(text, "phường Sông Trước"),
            },
            {
                "name": "phường Sông Sau",
                "code": "79002",
                "status": "current",
                **_spans(text, "phường Sông Sau"),
            },
        ],
        "figures": [
            {
                "value": 152000,
                "unit": "dân",
                "qualifier": ">",
                "subject": "phường Sông Trước",
                **_at(text, "hơn 152.000 dân"),
            }
        ],
        "proposals": [
            {
                **_said(text, "bổ sung biên chế"),
                "speaker": "Trần Bình",
                "addressee": None,
                "topic": "staffing-quota",
                "kind": "request",
            }
        ],
        "directions": [
            {**_said(text, "rà soát hồ sơ quá hạn"), "speaker": "Lê An", "addressee": "phường Sông Sau"},
        ],
        "commitments": [{**_said(text, "Tổ công tác sẽ báo cáo thành phố"), "speaker": "Lê An"}],
        "warnings": [],
    }


def draft(by: Mandate, text: str = TEXT, read: dict[str, Any] | None = None) -> Draft:
    """A draft as receiving would leave it."""
    data = text.encode()
    received = Received(data, hashlib.sha256(data).hexdigest(), "bien-ban.txt", "text/plain", text)
    source, _new = receive_source(by=by, received=received)
    return Draft.objects.create(
        source=source,
        unit=by.unit,
        data=attribute_units(content_of(read or reading(text))).to_json(),
        created_by=by.actor.name,
        created_by_username=by.actor.username,
    )


def officer_and_draft() -> tuple[City, Mandate, Draft]:
    place = city()
    officer = people.officer(place.province)
    return place, officer, draft(officer)


def _at(text: str, words: str) -> dict[str, Any]:
    start = text.index(words)
    return {"span": [start, start + len(words)], "confidence": 0.95, "rule": "by-hand"}


def _spans(text: str, words: str) -> dict[str, Any]:
    return {"spans": [_at(text, words)["span"]], "confidence": 0.95, "rule": "by-hand"}


def _said(text: str, words: str) -> dict[str, Any]:
    return {"text": words, **_at(text, words)}


def _person(text: str, name: str, title: str, organisation: str) -> dict[str, Any]:
    return {"name": name, "titles": [{"title": title, "organisation": organisation}], **_spans(text, name)}
