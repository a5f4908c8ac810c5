"""Standing in for somebody for a while: the same role at the same place, never wider, never passed on."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.accounts.models import User
from thongsuot.audit.actions import record
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.units.enums import Acts, Verb
from thongsuot.units.models import Mandate
from thongsuot.units.policies import holds
from thongsuot.units.queries import mandates_in_force


@transaction.atomic
def deputise(*, by: Mandate, to: User, valid_from: date, valid_to: date, reason: str) -> Mandate:
    """From `valid_from` until the day before `valid_to` the other acts in this role, named as standing in."""
    by = Mandate.objects.select_for_update(of=("self",)).select_related("user", "unit", "body").get(pk=by.pk)
    if by.deputy_of_id:
        raise Refused(_("Người được ủy quyền không ủy quyền lại cho người khác."))
    require(holds(by, Verb.DELEGATE))
    _require_person(by, to)
    _require_days(by, valid_from, valid_to)
    if not reason.strip():
        raise Refused(_("Hãy ghi lý do ủy quyền, ví dụ: đi công tác."))
    if (
        by.deputies.filter(user=to, valid_from__lt=valid_to)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gt=valid_from))
        .exists()
    ):
        raise Refused(_("%(user)s đã được ủy quyền trong những ngày đó.") % {"user": to})
    deputy = Mandate(
        user=to,
        role_code=by.role_code,
        unit=by.unit,
        body=by.body,
        fields=by.fields,
        inherited=by.inherited,
        deputy_of=by,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    deputy.full_clean()
    deputy.save()
    deputy.covers.set(by.covers.all())
    record(
        by=by,
        verb=Acts.DEPUTISED,
        subject=deputy,
        details={"from": valid_from, "until": valid_to, "reason": reason.strip()},
    )
    return deputy


def _require_person(by: Mandate, to: User) -> None:
    if to.pk == by.user_id:
        raise Refused(_("Không ủy quyền cho chính mình."))
    if not to.is_active:
        raise Refused(_("Tài khoản của %(user)s đã khóa.") % {"user": to})
    held = mandates_in_force(to, timezone.localdate())
    if not any(one.unit_id == by.unit_id and one.deputy_of_id is None for one in held):
        raise Refused(
            _("%(user)s không giữ vai trò nào tại %(unit)s: chỉ ủy quyền cho người cùng đơn vị.")
            % {"user": to, "unit": by.unit}
        )


def _require_days(by: Mandate, valid_from: date, valid_to: date) -> None:
    if valid_from < timezone.localdate():
        raise Refused(_("Chỉ ủy quyền từ hôm nay trở đi, không ủy quyền lùi ngày."))
    if valid_to <= valid_from:
        raise Refused(_("Ngày hết ủy quyền phải từ ngày bắt đầu trở đi."))
    if valid_from < by.valid_from or (by.valid_to is not None and valid_to > by.valid_to):
        raise Refused(
            _("Ủy quyền phải nằm trong thời gian giữ vai trò gốc (%(since)s – %(until)s).")
            % {
                "since": f"{by.valid_from:%d-%m-%Y}",
                "until": f"{by.valid_to:%d-%m-%Y}" if by.valid_to else _("chưa định ngày kết thúc"),
            }
        )
