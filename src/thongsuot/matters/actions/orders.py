"""Orders: one act that gives a task to one unit or to all of them; each unit then has its own number, clock and state.

- draft_order(by, clears) -> Order; amend_draft(by, order, clears, seen=None); discard_draft(by, order)
- issue_order(by, order) -> list[Matter]; add_units(by, order, units) -> list[Matter]
- issue_task(by, task, clears) -> list[Matter]: gives what was only recorded so far
- amend_order(by, order, clears, reason, seen=None); withdraw_order(by, order, reason)
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.audit.actions import record
from thongsuot.kernel.verdicts import Refused, Stale, require
from thongsuot.lawbook.bodies import body_kinds
from thongsuot.lawbook.topics import OTHER, topics
from thongsuot.matters.actions.acting import lapse_wishes
from thongsuot.matters.actions.amending import AMENDABLE, amend_tasks, keep_version, open_tasks
from thongsuot.matters.actions.issuing import give_tasks, origin_of
from thongsuot.matters.actions.moving import author, give_turn, leave_steps, locked, state_after
from thongsuot.matters.clocks import require_term
from thongsuot.matters.enums import Act, Acts, OrderState, State
from thongsuot.matters.models import Leg, Matter, Order, Origin
from thongsuot.matters.policies import may, may_order
from thongsuot.units.enums import Reach, Verb
from thongsuot.units.models import Body, Mandate, Unit
from thongsuot.units.policies import reaches, works_in


@dataclass(frozen=True, slots=True)
class Clears:
    """The six clears (work, person, time, responsibility, authority, product) and the units they are for."""

    text: str
    units: Sequence[Unit] = ()
    person: str = ""
    product: str = ""
    basis: str = ""
    due_on: date | None = None
    lead_code: str = ""
    supporters: Sequence[Body] = ()
    topic: str = OTHER
    priority: bool = False
    origin: Origin | None = None


@transaction.atomic
def draft_order(*, by: Mandate, clears: Clears) -> Order:
    require(may_order(by))
    order = Order(issuer=by.unit, issuer_body=by.body, author=author(by), author_username=by.user.username)
    _write(by, order, clears)
    record(by=by, verb=Acts.ORDER_DRAFTED, subject=order, details=_details(order, clears.units))
    return order


@transaction.atomic
def amend_draft(*, by: Mandate, order: Order, clears: Clears, seen: int | None = None) -> Order:
    order = _draft(by, order, seen)
    order.version += 1
    _write(by, order, clears)
    record(by=by, verb=Acts.DRAFT_AMENDED, subject=order, details=_details(order, clears.units))
    return order


@transaction.atomic
def discard_draft(*, by: Mandate, order: Order) -> None:
    order = _draft(by, order, None)
    record(by=by, verb=Acts.ORDER_DISCARDED, subject=order, details={"text": order.text})
    Order.objects.filter(pk=order.pk).delete()


@transaction.atomic
def issue_order(*, by: Mandate, order: Order) -> list[Matter]:
    """Every unit gets its own task; all of them or none."""
    order = _draft(by, order, None)
    units = list(order.units.select_related("parent").order_by("code", "pk"))
    _require_reach(by, units)
    _require_clear(order, units)
    _seal(by, order, units)
    tasks = give_tasks(by=by, order=order, units=units)
    record(
        by=by,
        verb=Acts.ORDER_ISSUED,
        subject=order,
        details={**_details(order, units), "numbers": [task.number for task in tasks]},
    )
    return tasks


@transaction.atomic
def add_units(*, by: Mandate, order: Order, units: Iterable[Unit]) -> list[Matter]:
    """The order as it stands now, for units that did not have it."""
    order = _issued(by, order, None)
    units = list(units)
    if not units:
        raise Refused(_("Chưa chọn đơn vị nào. Chọn ít nhất một đơn vị."))
    had = set(order.units.values_list("pk", flat=True))
    if twice := [str(unit) for unit in units if unit.pk in had]:
        raise Refused(_("Đã được giao rồi: %(units)s.") % {"units": ", ".join(twice)})
    _require_reach(by, units)
    require_term(order.due_on, timezone.localdate())
    order.units.add(*units)
    tasks = give_tasks(by=by, order=order, units=units)
    details = {"units": [unit.code for unit in units], "numbers": [task.number for task in tasks]}
    record(by=by, verb=Acts.ORDER_WIDENED, subject=order, details=details)
    return tasks


@transaction.atomic
def issue_task(*, by: Mandate, task: Matter, clears: Clears) -> list[Matter]:
    """Give what was only recorded so far: it becomes the task of the first unit, further units get their own."""
    task = locked(task)
    require(may(by, Verb.ISSUE, task))
    state_after(task, Act.ISSUE)
    named = [place.unit for place in task.matterunit_set.filter(named=True).select_related("unit__parent")]
    clears = replace(
        clears, text=task.text, topic=task.topic, units=clears.units or named, origin=task.origin
    )
    order = Order(issuer=by.unit, issuer_body=by.body, author=author(by), author_username=by.user.username)
    _write(by, order, clears)
    units = sorted(clears.units, key=lambda unit: (unit.pk != task.unit_id, unit.code))
    _require_clear(order, units)
    _seal(by, order, units)
    tasks = give_tasks(by=by, order=order, units=units, recorded=task)
    record(
        by=by,
        verb=Acts.TASK_ISSUED,
        subject=Matter(pk=task.pk, number=task.number),
        details={**_details(order, units), "numbers": [one.number for one in tasks], "order": order.pk},
    )
    return tasks


@transaction.atomic
def amend_order(*, by: Mandate, order: Order, clears: Clears, reason: str, seen: int | None = None) -> Order:
    """A new version of the order; open tasks follow it, and each holder is shown the difference until they saw it."""
    order = _issued(by, order, seen)
    if not reason.strip():
        raise Refused(_("Chưa nêu lý do sửa. Nhập lý do để các đơn vị biết vì sao."))
    before = {name: getattr(order, name) for name in AMENDABLE}
    supporters = set(order.supporters.values_list("pk", flat=True))
    _fill(by, order, clears)
    changed = [name for name in AMENDABLE if getattr(order, name) != before[name]]
    if supporters != {body.pk for body in clears.supporters}:
        changed.append("supporters")
    if not changed:
        raise Refused(_("Chưa có gì thay đổi so với bản đang thực hiện."))
    _require_clear(order, list(order.units.all()), moved="due_on" in changed)
    order.version += 1
    order.save()
    order.supporters.set(clears.supporters)
    keep_version(order, by, reason)
    tasks = amend_tasks(by=by, order=order, before=before["due_on"], changed=changed, reason=reason)
    record(
        by=by,
        verb=Acts.ORDER_AMENDED,
        subject=order,
        details={
            "reason": reason.strip(),
            "changed": changed,
            "version": order.version,
            "numbers": [task.number for task in tasks],
        },
    )
    return order


@transaction.atomic
def withdraw_order(*, by: Mandate, order: Order, reason: str) -> Order:
    """Open tasks end with it; what was completed stays completed, and the trace of all stays."""
    order = _issued(by, order, None)
    if not reason.strip():
        raise Refused(_("Chưa nêu lý do rút. Nhập lý do để các đơn vị biết vì sao."))
    tasks = open_tasks(order)
    if not tasks:
        raise Refused(_("Mọi nhiệm vụ của lệnh giao này đã kết thúc, không còn gì để rút."))
    today = timezone.localdate()
    Matter.objects.filter(pk__in=[task.pk for task in tasks]).update(
        state=State.WITHDRAWN,
        open=False,
        closed_on=today,
        stopped_on=Coalesce(F("stopped_on"), Value(today)),
        waiting_since=None,
        turn_unit=None,
        turn_body=None,
        turn_due_on=None,
        version=F("version") + 1,
    )
    for task in tasks:
        task.state, task.open, task.closed_on = State.WITHDRAWN, False, today
        give_turn(task, today)
    Leg.objects.filter(matter__in=tasks, ended_on__isnull=True).update(ended_on=today)
    lapse_wishes(Q(matter__in=tasks))
    order.state = OrderState.WITHDRAWN
    order.save(update_fields=["state"])
    leave_steps(tasks, Act.WITHDRAW, by=by, text=reason)
    record(
        by=by,
        verb=Acts.ORDER_WITHDRAWN,
        subject=order,
        details={"reason": reason.strip(), "numbers": [task.number for task in tasks]},
    )
    return order


def _draft(by: Mandate, order: Order, seen: int | None) -> Order:
    order = _at_hand(by, order, seen)
    if order.state != OrderState.DRAFT:
        raise Refused(_("Lệnh giao này đã được giao. Muốn thay đổi thì sửa lệnh giao."))
    return order


def _issued(by: Mandate, order: Order, seen: int | None) -> Order:
    order = _at_hand(by, order, seen)
    if order.state == OrderState.WITHDRAWN:
        raise Refused(_("Lệnh giao này đã rút."))
    if order.state == OrderState.DRAFT:
        raise Refused(_("Lệnh giao này còn là dự thảo."))
    return order


def _at_hand(by: Mandate, order: Order, seen: int | None) -> Order:
    """The row as it is now; `seen` is the version a form was filled from."""
    current = Order.objects.select_for_update(of=("self",)).filter(pk=order.pk).first()
    if current is None:
        raise Refused(_("Dự thảo này đã bị bỏ."))
    require(may_order(by, current))
    if seen is not None and seen != current.version:
        raise Stale(_("Lệnh giao này vừa được người khác sửa. Chưa ghi gì: xem chỗ khác nhau rồi gửi lại."))
    return current


def _write(by: Mandate, order: Order, clears: Clears) -> None:
    _fill(by, order, clears)
    order.origin = clears.origin
    _require_reach(by, clears.units)
    order.save()
    order.units.set(clears.units)
    order.supporters.set(clears.supporters)


def _fill(by: Mandate, order: Order, clears: Clears) -> None:
    if not clears.text.strip():
        raise Refused(_("Chưa nói rõ việc. Nhập nội dung nhiệm vụ."))
    if clears.topic not in topics():
        raise Refused(_("Không có lĩnh vực “%(topic)s” trong danh mục.") % {"topic": clears.topic})
    if not works_in(by, clears.topic):
        raise Refused(_("Lĩnh vực này không thuộc vai trò đang dùng. Chọn lĩnh vực được giao."))
    if clears.lead_code and clears.lead_code not in body_kinds():
        raise Refused(_("Không có loại cơ quan “%(code)s” trong danh mục.") % {"code": clears.lead_code})
    if by.role.reach == Reach.BODY and by.body and clears.lead_code not in ("", by.body.code):
        raise Refused(_("%(body)s chỉ giao việc trong cơ quan mình.") % {"body": by.body})
    order.text = clears.text.strip()
    order.person, order.basis = clears.person.strip()[:200], clears.basis.strip()[:300]
    order.product, order.due_on = clears.product.strip(), clears.due_on
    order.lead_code, order.topic, order.priority = clears.lead_code, clears.topic, clears.priority


def _require_reach(by: Mandate, units: Iterable[Unit]) -> None:
    today = timezone.localdate()
    if ended := [str(unit) for unit in units if not unit.holds_on(today)]:
        raise Refused(_("Không còn hoặc chưa có: %(units)s.") % {"units": ", ".join(ended)})
    if beyond := [str(unit) for unit in _beyond(by, list(units))]:
        raise Refused(
            _("Ngoài phạm vi của vai trò đang dùng: %(units)s. Bỏ các đơn vị này rồi giao lại.")
            % {"units": ", ".join(beyond)}
        )


def _beyond(by: Mandate, units: Sequence[Unit]) -> list[Unit]:
    if by.role.reach == Reach.COVERED:
        covered = set(by.covers.values_list("pk", flat=True))
        return [unit for unit in units if unit.pk not in covered]
    return [unit for unit in units if not reaches(by, unit)]


def missing_clears(order: Order, units: object) -> list[str]:
    """What an order still lacks of the six; the work is what a draft begins with."""
    clears = (
        (_("người chịu trách nhiệm"), order.person),
        (_("thời hạn"), order.due_on),
        (_("cơ quan chủ trì"), order.lead_code),
        (_("đơn vị thực hiện"), units),
        (_("căn cứ (thẩm quyền)"), order.basis),
        (_("sản phẩm"), order.product),
    )
    return [label for label, there in clears if not there]


def _require_clear(order: Order, units: Sequence[Unit], *, moved: bool = True) -> None:
    if missing := missing_clears(order, units):
        raise Refused(
            _("Chưa đủ 6 rõ, còn thiếu: %(missing)s. Bổ sung rồi giao lại.") % {"missing": ", ".join(missing)}
        )
    if moved:
        require_term(order.due_on, timezone.localdate())


def _seal(by: Mandate, order: Order, units: Sequence[Unit]) -> None:
    """From now on it is an order: dated, under its basis, its first version kept."""
    order.state, order.issued_on, order.version = OrderState.ISSUED, timezone.localdate(), 1
    order.origin = origin_of(order, units)
    order.save()
    keep_version(order, by)


def _details(order: Order, units: Iterable[Unit]) -> dict[str, object]:
    return {
        "text": order.text,
        "due_on": order.due_on,
        "topic": order.topic,
        "units": sorted(unit.code for unit in units),
    }
