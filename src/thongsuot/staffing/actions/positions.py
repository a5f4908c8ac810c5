"""The catalogue: loaded from the lawbook, then kept by hand."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.audit.actions import record
from thongsuot.audit.actors import HasActor
from thongsuot.audit.versions import take_turn
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.kernel.vietnamese import normalise
from thongsuot.lawbook.positions import ListedPosition, positions
from thongsuot.staffing.enums import Acts, Degree, PositionKind
from thongsuot.staffing.models import Position, PositionStandard
from thongsuot.staffing.policies import may
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.queries import holding_on

SUGGESTED = "Gợi ý của hệ thống; không văn bản nào quy định, xã, phường tự xác định ngành phù hợp"
AMENDABLE = frozenset(
    {"name", "name_en", "short", "short_en", "counted", "combinable", "rotates", "weight", "standard"}
)


@transaction.atomic
def load_positions(*, by: HasActor) -> int:
    """Enter the positions of the lawbook that the register does not know; what was corrected by hand stays."""
    known = set(Position.objects.values_list("code", flat=True))
    new = [_position(one) for one in positions().values() if one.code not in known]
    if not new:
        return 0
    Position.objects.bulk_create(new)
    PositionStandard.objects.bulk_create(
        [
            PositionStandard(
                position=position,
                degree=positions()[position.code].degree,
                majors=list(positions()[position.code].suggested),
                suggested=True,
                basis=SUGGESTED,
                valid_from=position.valid_from,
            )
            for position in new
            if position.kind == PositionKind.PROFESSIONAL
        ]
    )
    record(
        by=by,
        verb=Acts.POSITIONS_LOADED,
        subject=new[0],
        details={"codes": [position.code for position in new]},
    )
    return len(new)


def _position(listed: ListedPosition) -> Position:
    return Position(
        code=listed.code,
        name=listed.name["vi"],
        name_en=listed.name["en"],
        short=listed.short["vi"],
        short_en=listed.short["en"],
        kind=listed.kind,
        field=listed.field,
        bodies=list(listed.bodies),
        block=listed.block,
        counted=listed.counted,
        combinable=listed.combinable,
        rotates=listed.rotates,
        weight=listed.weight,
        standard=listed.standard,
        source=listed.listed["vi"],
        valid_from=listed.since,
    )


@transaction.atomic
def amend_position(
    *, by: Mandate, position: Position, changes: Mapping[str, object], seen: int | None = None
) -> Position:
    """Words, weight and marks of a position (AMENDABLE); its code, field and block tell one from another and stay."""
    require(may(by, Verb.PLAN_STAFF))
    if strange := sorted(set(changes) - AMENDABLE):
        raise ValueError(f"not amended here: {strange}")
    take_turn(position, seen)
    position.refresh_from_db()
    before = {name: getattr(position, name) for name in changes}
    changed = {name: value for name, value in changes.items() if before[name] != value}
    for name, value in changed.items():
        setattr(position, name, value)
    position.full_clean()
    position.save(update_fields=[*changed])
    if changed:
        told = {name: [before[name], value] for name, value in changed.items()}
        record(by=by, verb=Acts.POSITION_AMENDED, subject=position, details=told)
    return position


@transaction.atomic
def end_position(*, by: Mandate, position: Position, on: date, seen: int | None = None) -> Position:
    """The catalogue does not list it from `on`; frames and holders of before keep what they were of."""
    require(may(by, Verb.PLAN_STAFF))
    take_turn(position, seen)
    position.refresh_from_db()
    if position.valid_to is not None or on <= position.valid_from:
        raise Refused(
            _("Vị trí %(code)s không còn hiệu lực, hoặc bắt đầu sau ngày %(on)s.")
            % {"code": position.code, "on": f"{on:%d-%m-%Y}"}
        )
    if position.frames.filter(holding_on(on), places__gt=0).exists():
        raise Refused(
            _(
                "Vị trí %(code)s còn chỗ trong khung của đơn vị vào ngày đó. Chuyển các chỗ sang vị trí khác trước."
            )
            % {"code": position.code}
        )
    position.valid_to = on
    position.save(update_fields=["valid_to"])
    record(by=by, verb=Acts.POSITION_AMENDED, subject=position, details={"valid_to": on})
    return position


@transaction.atomic
def set_standard(
    *,
    by: Mandate,
    position: Position,
    unit: Unit | None,
    degree: str,
    majors: Iterable[str],
    on: date | None = None,
    basis: str = "",
) -> PositionStandard:
    """From `on`: for one unit by whoever keeps its register, for all (None) by whoever keeps the catalogue."""
    require(may(by, Verb.KEEP_STAFF, unit) if unit else may(by, Verb.PLAN_STAFF))
    on = on or timezone.localdate()
    majors = list(dict.fromkeys(normalise(" ".join(one.split())) for one in majors if one.strip()))
    Position.objects.select_for_update().get(pk=position.pk)
    rows = PositionStandard.objects.filter(position=position, unit=unit)
    now = rows.filter(holding_on(on)).first()
    if now and (now.degree, now.majors, now.suggested) == (degree, majors, False):
        return now
    if rows.filter(valid_from__gt=on).exists():
        raise Refused(_("Đã có tiêu chuẩn từ một ngày sau ngày này. Ghi từ ngày đó hoặc sau đó."))
    if now and now.valid_from == on:
        now.delete()
    elif now:
        now.valid_to = on
        now.save(update_fields=["valid_to"])
    standard = PositionStandard(
        position=position, unit=unit, degree=Degree(degree), majors=majors, basis=basis, valid_from=on
    )
    standard.full_clean()
    standard.save()
    record(
        by=by,
        verb=Acts.MAJORS_SET,
        subject=position,
        details={"unit": unit.code if unit else "", "degree": degree, "majors": majors, "on": on},
    )
    return standard
