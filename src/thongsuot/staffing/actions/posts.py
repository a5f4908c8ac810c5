"""Who holds which post, from when to when. A post ends and another begins; nothing of before is rewritten."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.audit.actions import record
from thongsuot.audit.versions import take_turn
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.lawbook.staffing import months_after, relatives_rule, secondment_years
from thongsuot.staffing.actions.people import enter_person
from thongsuot.staffing.enums import Acts, HoldingKind
from thongsuot.staffing.found import index_people
from thongsuot.staffing.models import Holding, Person, Position
from thongsuot.staffing.policies import may
from thongsuot.staffing.queries.leaders import (
    bodies_led,
    held_from,
    may_be_apart,
    over_the_mean,
    relatives_in_the_way,
    require_body,
    taken,
)
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.queries import holding_on


@transaction.atomic
def hold_post(
    *,
    by: Mandate,
    person: Person,
    unit: Unit,
    position: Position,
    since: date,
    kind: HoldingKind = HoldingKind.FULL,
    payroll: Unit | None = None,
    until: date | None = None,
    basis: str = "",
    told_so: bool = False,
    body: str = "",
    seen: int | None = None,
) -> Holding:
    """A post begins. `told_so`: allowed by who may allow it, though the catalogue does not list the position as one to
    combine, or though the authority has as many deputies as its mean allows. `body`: the department a head or a
    deputy leads, where the position is of several.

    A secondment needs the unit that pays (that of the full post, when not named) and the first day it is over.
    """
    require(may(by, Verb.KEEP_STAFF, unit))
    _body_said(position, body)
    if person.holdings.exists():  # somebody new to the registers has no file yet that another unit keeps
        require(may(by, Verb.KEEP_STAFF, person))
    take_turn(person, seen)
    person.refresh_from_db()
    holding = begin_post(
        person=person,
        unit=unit,
        position=position,
        since=since,
        kind=kind,
        payroll=payroll,
        until=until,
        basis=basis,
        told_so=told_so,
        body=body,
    )
    details = {
        "unit": unit.code,
        "position": position.code,
        "kind": str(kind),
        "since": since,
        "until": until,
        "body": body,
        "told": ["allowed"] if told_so else [],
    }
    record(by=by, verb=Acts.POST_HELD, subject=person, details=details)
    return holding


@transaction.atomic
def enter_with_post(
    *,
    by: Mandate,
    unit: Unit,
    number: str,
    full_name: str,
    category: str,
    position: Position,
    since: date,
    basis: str = "",
    body: str = "",
    details: Mapping[str, object] | None = None,
) -> Holding:
    """Somebody new and the full post they take, both or neither."""
    person = enter_person(
        by=by, unit=unit, number=number, full_name=full_name, category=category, details=details
    )
    return hold_post(by=by, person=person, unit=unit, position=position, since=since, basis=basis, body=body)


@transaction.atomic
def leave_post(*, by: Mandate, holding: Holding, on: date, seen: int | None = None) -> Holding:
    """The post is not held from `on`."""
    require(may(by, Verb.KEEP_STAFF, holding.unit))
    take_turn(holding, seen)
    take_turn(holding.person, None)
    holding = end_post(holding=holding, on=on)
    record(
        by=by,
        verb=Acts.POST_LEFT,
        subject=holding.person,
        details={"unit": holding.unit.code, "position": holding.position.code, "on": on},
    )
    return holding


@transaction.atomic
def move_post(
    *,
    by: Mandate,
    holding: Holding,
    unit: Unit,
    position: Position,
    on: date,
    basis: str = "",
    body: str = "",
    seen: int | None = None,
) -> Holding:
    """From one full post to another on a day, both ends kept by the same mandate."""
    require(may(by, Verb.KEEP_STAFF, holding.unit))
    require(may(by, Verb.KEEP_STAFF, unit))
    _body_said(position, body)
    take_turn(holding, seen)
    take_turn(holding.person, None)
    end_post(holding=holding, on=on)
    fresh = begin_post(person=holding.person, unit=unit, position=position, since=on, basis=basis, body=body)
    details = {
        "unit": unit.code,
        "position": position.code,
        "body": body,
        "from": holding.unit.code,
        "since": on,
    }
    record(by=by, verb=Acts.POST_HELD, subject=holding.person, details=details)
    return fresh


@transaction.atomic
def name_body(*, by: Mandate, holding: Holding, body: str, on: date, seen: int | None = None) -> Holding:
    """Which department a head or a deputy leads. Where nobody had said so, it is said of the post they hold; who goes
    to lead another one gives up the first on that day and takes up the second."""
    require(may(by, Verb.KEEP_STAFF, holding.unit))
    _body_said(holding.position, body)
    take_turn(holding, seen)
    take_turn(holding.person, None)
    holding = Holding.objects.select_related("person", "unit", "position", "payroll").get(pk=holding.pk)
    if holding.body == body:
        return holding
    if holding.body:
        end_post(holding=holding, on=on)
        named = begin_post(
            person=holding.person,
            unit=holding.unit,
            position=holding.position,
            since=on,
            kind=HoldingKind(holding.kind),
            payroll=holding.payroll,
            basis=holding.basis,
            told_so=True,  # they are counted already
            body=body,
        )
    else:
        named = _said_of(holding, body)
    details = {
        "unit": named.unit.code,
        "position": named.position.code,
        "body": body,
        "since": named.valid_from,
    }
    record(by=by, verb=Acts.BODY_NAMED, subject=named.person, details=details)
    return named


def _said_of(holding: Holding, body: str) -> Holding:
    unit, position, since = holding.unit, holding.position, timezone.localdate()
    Unit.objects.select_for_update().get(pk=unit.pk)
    require_body(unit, position, body)
    if why := taken(unit, position, since, body, but_not=holding.pk):
        raise Refused(why)
    _no_relative(holding.person, unit, position, since, body)
    holding.body = body
    holding.save(update_fields=["body"])
    return holding


def _body_said(position: Position, body: str) -> None:
    """Whoever writes a post by hand knows which department it is; a list may not say so."""
    if bodies_led(position) and not body:
        raise Refused(
            _("Chưa ghi “%(position)s” phụ trách phòng nào. Chọn phòng rồi ghi lại.") % {"position": position}
        )


def begin_post(
    *,
    person: Person,
    unit: Unit,
    position: Position,
    since: date,
    kind: HoldingKind = HoldingKind.FULL,
    payroll: Unit | None = None,
    until: date | None = None,
    basis: str = "",
    told_so: bool = False,
    body: str = "",
) -> Holding:
    """The rules and the row alone: part of an act (a transfer taking effect) that asks and tells of itself."""
    if person.left_on and since >= person.left_on:
        raise Refused(
            _("%(number)s đã thôi từ %(on)s.") % {"number": person.number, "on": _day(person.left_on)}
        )
    if not position.holds_on(since):
        raise Refused(
            _("Vị trí %(code)s không có trong danh mục ngày %(on)s.")
            % {"code": position.code, "on": _day(since)}
        )
    Unit.objects.select_for_update().get(pk=unit.pk)  # two heads at once wait for one another here
    if kind == HoldingKind.SECONDMENT:
        payroll, until = _secondment(person, unit, since, until, payroll)
    else:
        _only_full_post(person, since, kind)
        if kind == HoldingKind.COMBINED and not (position.combinable or told_so):
            raise Refused(
                _(
                    "Danh mục không ghi “%(position)s” là vị trí kiêm nhiệm. Đánh dấu đã được cho phép rồi ghi lại."
                )
                % {"position": position}
            )
        until = None
    if Holding.objects.filter(held_from(since), person=person, unit=unit, position=position).exists():
        raise Refused(_("%(number)s đang giữ vị trí này.") % {"number": person.number})
    require_body(unit, position, body)
    if why := taken(unit, position, since, body):
        raise Refused(why)
    if not told_so and (why := over_the_mean(unit, position, since, but_not=person)):
        raise Refused(why)
    _no_relative(person, unit, position, since, body)
    holding = Holding.objects.create(
        person=person,
        unit=unit,
        position=position,
        kind=kind,
        body=body,
        payroll=payroll,
        basis=basis,
        valid_from=since,
        valid_to=until,
    )
    index_people([person.pk])
    return holding


def end_post(*, holding: Holding, on: date) -> Holding:
    """The rule and the row alone, as begin_post."""
    holding.refresh_from_db(fields=["valid_from", "valid_to"])
    if holding.valid_to is not None and holding.valid_to <= on:
        raise Refused(_("Vị trí này đã thôi giữ từ %(on)s.") % {"on": _day(holding.valid_to)})
    if on <= holding.valid_from:
        raise Refused(_("Vị trí này giữ từ %(on)s. Chọn ngày sau đó.") % {"on": _day(holding.valid_from)})
    holding.valid_to = on
    holding.save(update_fields=["valid_to"])
    return holding


def _full_posts(person: Person) -> QuerySet[Holding]:
    return person.holdings.filter(kind=HoldingKind.FULL).select_related("unit", "position")


def _only_full_post(person: Person, since: date, kind: HoldingKind) -> None:
    held = _full_posts(person).filter(held_from(since)).first()
    if kind == HoldingKind.FULL and held is not None:
        raise Refused(
            _("%(number)s đang giữ chính thức vị trí %(position)s, %(unit)s. Ghi thôi vị trí đó trước.")
            % {"number": person.number, "position": held.position, "unit": held.unit}
        )
    if kind == HoldingKind.COMBINED and held is None:
        raise Refused(_("Chỉ kiêm nhiệm khi đang giữ một vị trí chính thức."))


def _secondment(
    person: Person, unit: Unit, since: date, until: date | None, payroll: Unit | None
) -> tuple[Unit, date]:
    """Who keeps paying, and when it is over: Decree 170/2025, Article 26."""
    held = _full_posts(person).filter(holding_on(since)).first()
    payroll = payroll or (held.unit if held else None)
    if payroll is None:
        raise Refused(_("Biệt phái phải ghi nơi trả lương."))
    if payroll.pk == unit.pk:
        raise Refused(_("Biệt phái là sang đơn vị khác; nơi trả lương không thể là đơn vị nhận."))
    years = secondment_years(since)
    if until is None or until <= since:
        raise Refused(_("Biệt phái phải có ngày kết thúc, sau ngày bắt đầu."))
    if until > months_after(since, 12 * years):
        raise Refused(
            _("Biệt phái không quá %(years)d năm (Nghị định 170/2025/NĐ-CP, Điều 26).") % {"years": years}
        )
    there = person.holdings.filter(kind=HoldingKind.SECONDMENT, valid_from__lt=until, valid_to__gt=since)
    if there.exists():
        raise Refused(_("%(number)s đang được biệt phái trong thời gian đó.") % {"number": person.number})
    return payroll, until


def _no_relative(person: Person, unit: Unit, position: Position, since: date, body: str) -> None:
    """Regulation 114: relatives lead no collective together and do not control one another's money."""
    for held in relatives_in_the_way(person, unit, position, since, body=body):
        told = _(
            "Người thân (%(number)s) đang giữ “%(position)s” tại đơn vị: không bố trí cùng (%(rule)s)."
        ) % {
            "number": held.person.number,
            "position": held.position,
            "rule": relatives_rule().source["vi"],
        }
        if may_be_apart(held.position, position) and not held.body:
            told += " " + _("Nếu hai người ở hai phòng khác nhau thì ghi phòng của người ấy trước.")
        raise Refused(told)


def _day(on: date) -> str:
    return f"{on:%d-%m-%Y}"
