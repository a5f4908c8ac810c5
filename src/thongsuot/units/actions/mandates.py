"""Who holds which role where, from when to when."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from thongsuot.accounts.models import User
from thongsuot.audit.actions import record
from thongsuot.audit.actors import HasActor
from thongsuot.audit.versions import take_turn
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.lawbook.roles import Role, roles
from thongsuot.lawbook.topics import topics
from thongsuot.units.enums import Acts, Reach, Tier, Verb
from thongsuot.units.models import Body, Mandate, Unit
from thongsuot.units.policies import may
from thongsuot.units.queries import final_successors, holding_on, wholly_merged_into


@transaction.atomic
def grant_mandate(
    *,
    by: HasActor,
    user: User,
    role: str,
    unit: Unit,
    valid_from: date,
    valid_to: date | None = None,
    body: Body | None = None,
    fields: Iterable[str] = (),
    covers: Iterable[Unit] = (),
) -> Mandate:
    _require_manager(by, unit)
    if isinstance(by, Mandate) and by.user_id == user.pk:
        raise Refused(_("Không tự giao vai trò cho mình: hãy nhờ một người quản trị khác."))
    mandate = Mandate(
        user=user,
        role_code=role,
        unit=unit,
        body=body,
        fields=sorted(fields),
        inherited=wholly_merged_into(unit),
        valid_from=valid_from,
        valid_to=valid_to,
    )
    covers = list(covers)
    _require_to_fit(mandate, covers)
    _require_within(by, covers)
    _require_not_held_already(mandate)
    # What the constraints of the table forbid was refused in words above; they hold it in any case.
    mandate.full_clean(exclude=["user", "unit", "body"], validate_constraints=False)
    mandate.save()
    mandate.covers.set(covers)
    record(by=by, verb=Acts.MANDATE_GRANTED, subject=mandate, details=_extent(mandate))
    return mandate


@transaction.atomic
def end_mandate(*, by: Mandate, mandate: Mandate, on: date) -> None:
    """From `on` the mandate no longer holds; one that began that day or later never did. Its deputies end with it.

    Whoever let somebody stand in for them may end that themselves.
    """
    if mandate.deputy_of_id != by.pk:
        _require_manager(by, mandate.unit)
    _end(mandate, on)
    record(by=by, verb=Acts.MANDATE_ENDED, subject=mandate, details={"on": on.isoformat()})


def _end(mandate: Mandate, on: date) -> None:
    mandate.valid_to = max(on, mandate.valid_from)
    mandate.save(update_fields=["valid_to"])
    for deputy in mandate.deputies.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on)):
        _end(deputy, on)


@transaction.atomic
def cover_units(*, by: HasActor, mandate: Mandate, units: Iterable[Unit], seen: int | None = None) -> None:
    """The units a mandate of a working group works with, in place of those before; its deputies follow."""
    _require_manager(by, mandate.unit)
    if mandate.deputy_of_id:
        raise Refused(_("Người thay làm việc với đúng các đơn vị của vai trò gốc: hãy sửa ở vai trò gốc."))
    units = list(units)
    _require_within(by, units)
    take_turn(mandate, seen)
    for held in (mandate, *mandate.deputies.all()):
        held.covers.set(units)
    record(by=by, verb=Acts.MANDATE_COVERS, subject=mandate, details={"covers": _codes(mandate)})


@transaction.atomic
def carry_over(*, by: Mandate, mandates: Iterable[Mandate], to: Unit, on: date) -> list[Mandate]:
    """After a merger or a split: the same people in the same roles at the successor, from `on`.

    What they held at the ended unit ends; whoever stood in for one of them does so again until the day agreed.
    """
    carried: list[Mandate] = []
    moved: dict[int, Mandate] = {}
    for old in sorted(mandates, key=lambda one: (one.deputy_of_id is not None, one.pk)):
        _require_manager(by, old.unit)
        _require_manager(by, to)
        _require_succession(old.unit, to)
        if old.deputy_of_id and old.deputy_of_id not in moved:
            raise Refused(
                _("%(user)s đang thay một người khác: hãy chuyển cả vai trò gốc.") % {"user": old.user}
            )
        until = old.valid_to if old.valid_to and old.valid_to > on else None
        new = Mandate(
            user=old.user,
            role_code=old.role_code,
            unit=to,
            body=_same_body(old, to, on),
            fields=old.fields,
            inherited=wholly_merged_into(to),
            deputy_of=moved.get(old.deputy_of_id or 0),
            valid_from=max(on, old.valid_from),
            valid_to=until,
        )
        covers = list(old.covers.all())
        _require_to_fit(new, covers)
        _require_not_held_already(new)
        new.save()
        new.covers.set(covers)
        moved[old.pk] = new
        carried.append(new)
    for old in Mandate.objects.filter(pk__in=moved):
        old.valid_to = max(on, old.valid_from)
        old.save(update_fields=["valid_to"])
    if not carried:
        raise Refused(_("Chưa chọn vai trò nào để chuyển."))
    record(
        by=by,
        verb=Acts.MANDATES_CARRIED,
        subject=to,
        details={"mandates": [str(one) for one in carried], "on": on.isoformat()},
    )
    return carried


def _require_succession(former: Unit, to: Unit) -> None:
    if to.is_former:
        raise Refused(_("%(unit)s không còn: hãy chọn đơn vị đang hoạt động.") % {"unit": to.title})
    if to not in final_successors(former):
        raise Refused(
            _("%(to)s không được lập từ %(unit)s: hãy chọn đơn vị kế tiếp.")
            % {"to": to.title, "unit": former.title}
        )


def _same_body(old: Mandate, to: Unit, on: date) -> Body | None:
    if old.body is None:
        return None
    body = to.bodies.filter(holding_on(on), code=old.body.code).first()
    if body is None:
        raise Refused(
            _("%(unit)s chưa có “%(body)s”: hãy giao vai trò của %(user)s riêng, tại cơ quan khác.")
            % {"unit": to.title, "body": old.body, "user": old.user}
        )
    return body


def _require_to_fit(mandate: Mandate, covers: list[Unit]) -> None:
    """Person, role, unit, body, fields of work, units and period must belong together."""
    role = roles().get(mandate.role_code)
    if role is None:
        raise Refused(_("Không có vai trò “%(role)s”.") % {"role": mandate.role_code})
    _require_place(mandate, role)
    _require_body(mandate, role)
    _require_extent(mandate, role, covers)
    _require_period(mandate)


def _require_place(mandate: Mandate, role: Role) -> None:
    unit, named = mandate.unit, {"role": mandate.role_name, "unit": mandate.unit.title}
    if not mandate.user.is_active:
        raise Refused(_("Tài khoản của %(user)s đã khóa: hãy mở lại trước.") % {"user": mandate.user})
    if unit.valid_to is not None and unit.valid_to <= mandate.valid_from:
        raise Refused(
            _("%(unit)s không còn từ %(on)s: hãy giao vai trò ở đơn vị kế tiếp.")
            % {**named, "on": f"{unit.valid_to:%d-%m-%Y}"}
        )
    if role.tiers and unit.tier not in role.tiers:
        tiers = _(" hoặc ").join(str(Tier(tier).label).lower() for tier in role.tiers)
        raise Refused(
            _("Vai trò “%(role)s” giữ ở đơn vị %(tiers)s; %(unit)s là đơn vị %(tier)s.")
            % {**named, "tiers": tiers, "tier": str(Tier(unit.tier).label).lower()}
        )


def _require_body(mandate: Mandate, role: Role) -> None:
    body, unit = mandate.body, mandate.unit
    if role.reach == Reach.BODY and body is None:
        raise Refused(
            _("Vai trò “%(role)s” giữ tại một cơ quan: hãy chọn cơ quan thuộc %(unit)s.")
            % {"role": mandate.role_name, "unit": unit}
        )
    if role.reach != Reach.BODY and body is not None:
        raise Refused(
            _("Vai trò “%(role)s” giữ tại đơn vị, không giữ tại một cơ quan: hãy bỏ trống cơ quan.")
            % {"role": mandate.role_name}
        )
    if body is not None and body.unit_id != unit.pk:
        raise Refused(
            _("“%(body)s” không thuộc %(unit)s: hãy chọn cơ quan của đơn vị này.")
            % {"body": body, "unit": unit}
        )
    if body is not None and body.valid_to is not None and body.valid_to <= mandate.valid_from:
        raise Refused(
            _("“%(body)s” không còn từ %(on)s.") % {"body": body, "on": f"{body.valid_to:%d-%m-%Y}"}
        )


def _require_extent(mandate: Mandate, role: Role, covers: list[Unit]) -> None:
    if unknown := sorted(set(mandate.fields) - set(topics())):
        raise Refused(_("Không có lĩnh vực: %(fields)s.") % {"fields": ", ".join(unknown)})
    if mandate.fields and not role.by_field:
        raise Refused(
            _("Vai trò “%(role)s” không giới hạn theo lĩnh vực: hãy bỏ chọn lĩnh vực.")
            % {"role": mandate.role_name}
        )
    if covers and role.reach != Reach.COVERED:
        raise Refused(
            _(
                "Chỉ vai trò của tổ công tác mới có đơn vị phụ trách: hãy bỏ chọn, hoặc đổi vai trò “%(role)s”."
            )
            % {"role": mandate.role_name}
        )


def _require_period(mandate: Mandate) -> None:
    if mandate.valid_to is not None and mandate.valid_to <= mandate.valid_from:
        raise Refused(_("Ngày hết hiệu lực phải sau ngày bắt đầu."))


def _require_not_held_already(mandate: Mandate) -> None:
    """One role at one place is held once at a time."""
    same = Mandate.objects.filter(
        user=mandate.user,
        role_code=mandate.role_code,
        unit=mandate.unit,
        body=mandate.body,
        deputy_of=mandate.deputy_of,
    ).filter(Q(valid_to__isnull=True) | Q(valid_to__gt=mandate.valid_from))
    if mandate.valid_to is not None:
        same = same.filter(valid_from__lt=mandate.valid_to)
    if held := same.first():
        raise Refused(
            _("%(user)s đã giữ vai trò “%(role)s” tại %(place)s từ %(on)s.")
            % {
                "user": held.user,
                "role": held.role_name,
                "place": held.place,
                "on": f"{held.valid_from:%d-%m-%Y}",
            }
        )


def _require_within(by: HasActor, units: Iterable[Unit]) -> None:
    if isinstance(by, Mandate):
        for unit in units:
            require(may(by, Verb.MANAGE_MANDATES, unit))


def _extent(mandate: Mandate) -> dict[str, object]:
    return {
        "covers": _codes(mandate),
        "body": str(mandate.body or ""),
        "fields": mandate.fields,
        "until": mandate.valid_to,
    }


def _codes(mandate: Mandate) -> list[str]:
    return sorted(mandate.covers.values_list("code", flat=True))


def _require_manager(by: HasActor, unit: Unit) -> None:
    """The system itself (the first account, the demo) needs no mandate."""
    if isinstance(by, Mandate):
        require(may(by, Verb.MANAGE_MANDATES, unit))
