"""A city with two wards, a plan of the city in three points, and the act that has the wards put it into effect."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from tests import people
from tests.units.places import city, ward
from thongsuot.documents.actions import (
    Facts,
    add_version,
    answer_directive,
    enter_document,
    keep_points,
    order_implementing,
)
from thongsuot.documents.enums import UptakeKind
from thongsuot.documents.models import Directive, Document, DocumentVersion, Point, Uptake
from thongsuot.documents.outlining import outline
from thongsuot.lawbook.calendar import add_working_days
from thongsuot.matters.actions import Clears
from thongsuot.units.models import Mandate, Unit

TEXT = """I. Yêu cầu
1. Tổ chức quán triệt đến toàn thể cán bộ, đảng viên.
2. Bố trí người trực tại trung tâm phục vụ hành chính công.
a) Mỗi quầy có một công chức và một người dự phòng.
b) Công khai số điện thoại của người trực.
II. Báo cáo kết quả trước ngày 15 hằng tháng."""


@dataclass
class City:
    city: Unit
    ward: Unit
    sibling: Unit
    officer: Mandate
    clerk: Mandate
    other: Mandate


def a_city() -> City:
    above = city()
    one, two = ward(above, "Một", "27001"), ward(above, "Hai", "27002")
    return City(above, one, two, people.officer(above), people.clerk(one), people.clerk(two))


def a_plan(by: Mandate, symbol: str = "12-KH/TU", text: str = TEXT) -> tuple[Document, DocumentVersion]:
    document = enter_document(
        by=by,
        facts=Facts(
            symbol=symbol, date=date(2025, 10, 1), issuer="Thành ủy", in_force_from=date(2025, 10, 1)
        ),
    )
    version = add_version(by=by, document=document, effective_on=date(2025, 10, 1))
    keep_points(by=by, version=version, points=outline(text))
    return document, version


def point_of(document: Document, anchor: str) -> Point:
    return document.points.get(anchor=anchor)


def ordered(by: Mandate, document: Document, *units: Unit) -> Directive:
    return order_implementing(
        by=by,
        document=document,
        clears=Clears(
            text="Cụ thể hóa và thực hiện",
            units=units,
            person="Bí thư Đảng ủy",
            product="Kế hoạch thực hiện",
            basis=str(document),
            due_on=add_working_days(timezone.localdate(), 10),
            lead_code="party_committee",
        ),
    )


def own_plan(by: Mandate, symbol: str = "15-KH/ĐU") -> Document:
    return enter_document(
        by=by, facts=Facts(symbol=symbol, date=date(2025, 10, 10), issuer=f"Đảng ủy {by.unit}")
    )


def answered(by: Mandate, directive: Directive, *points: Point, document: Document | None = None) -> Uptake:
    return answer_directive(
        by=by,
        directive=directive,
        kind=UptakeKind.PLAN,
        document=document or own_plan(by),
        points=points,
    )


def amended(by: Mandate, document: Document, text: str) -> DocumentVersion:
    paper = enter_document(by=by, facts=Facts(symbol="40-KH/TU", date=date(2025, 11, 1), issuer="Thành ủy"))
    version = add_version(by=by, document=document, effective_on=date(2025, 11, 1), amended_by=paper)
    keep_points(by=by, version=version, points=outline(text))
    return version
