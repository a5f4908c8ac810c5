"""Filling in a return: begun with what is known, saved as a whole or not at all."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.audit.actions import record
from thongsuot.audit.versions import take_turn
from thongsuot.indicators.actions import Told, open_statement, state_figures
from thongsuot.indicators.enums import Entry
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.returns.checking import Cell
from thongsuot.returns.enums import STEPS, Acts, State, Step
from thongsuot.returns.models import (
    Explanation,
    Passage,
    Return,
    ReturnVersion,
    TemplateLine,
    TemplateSection,
)
from thongsuot.returns.policies import may_fill
from thongsuot.returns.prefilling import Given, prefilled
from thongsuot.returns.queries.papers import lines_of, version_of
from thongsuot.units.models import Mandate

LONGEST = 20_000  # letters of a section


@dataclass(frozen=True, slots=True)
class Filled:
    """What somebody filled in, by keys of lines and sections; what is not named stays as it is."""

    cells: Mapping[int, Cell] = field(default_factory=dict)
    passages: Mapping[int, str] = field(default_factory=dict)
    explanations: Mapping[int, str] = field(default_factory=dict)
    locators: Mapping[int, str] = field(default_factory=dict)


def locked_return(row: Return) -> Return:
    rows = Return.objects.select_for_update(of=("self",)).select_related(
        "round__template__issuer", "round__period", "round__unit", "unit__parent"
    )
    return rows.get(pk=row.pk)


def next_state(row: Return, step: Step) -> State:
    after = STEPS[State(row.state)].get(step)
    if after is None:
        raise Refused(
            _("Báo cáo của %(unit)s đang ở trạng thái “%(state)s”, không %(step)s được.")
            % {
                "unit": row.unit.title,
                "state": row.get_state_display(),
                "step": str(Step(step).label).lower(),
            }
        )
    return after


def require_round_open(row: Return) -> None:
    """After the round was closed only what was reopened, or given a new day, goes on."""
    if row.round.closed_at is None or row.number > 1 or row.due >= timezone.localdate():
        return
    raise Refused(
        _("Kỳ này đã chốt ngày %(day)s. Đề nghị cấp trên gia hạn cho đơn vị rồi lập, nộp tiếp.")
        % {"day": f"{timezone.localtime(row.round.closed_at):%d-%m-%Y}"}
    )


@transaction.atomic
def begin_return(*, by: Mandate, row: Return) -> ReturnVersion:
    """What is known already stands in it. Begun by two at once, it is begun once."""
    require(may_fill(by, row))
    row = locked_return(row)
    if row.state != State.NOT_BEGUN and (there := version_of(row)):
        return there
    row.state = next_state(row, Step.BEGIN)
    require_round_open(row)
    row.number, row.version = 1, row.version + 1
    period = row.round.period
    statement = open_statement(
        by=by,
        key=key_of_statement(row),
        version=1,
        unit=row.unit,
        period=period,
        title=f"{row.round.template}, {period}",
        path=row.get_absolute_url(),
    )
    lines = lines_of(row.round.template)
    given = prefilled(row.unit, period, lines)
    told = [_given(line.indicator, given[line.pk]) for line in lines if line.pk in given]
    state_figures(by=by, statement=statement, told=told)
    row.save(update_fields=["state", "number", "version"])
    version = ReturnVersion.objects.create(
        parent=row, number=1, statement=statement, begun_at=timezone.now(), begun_by=by.actor.name[:200]
    )
    record(by=by, verb=Acts.BEGUN, subject=row, details={"unit": row.unit.code, "prefilled": len(told)})
    return version


def key_of_statement(row: Return) -> str:
    return f"return-{row.pk}"


def _given(indicator: object, given: Given) -> Told:
    cell = given.cell
    return Told(
        indicator=indicator,  # type: ignore[arg-type]
        value=cell.value,
        second=cell.second,
        words=cell.words,
        applicable=cell.applicable,
        entry=given.entry,
        locator=given.where,
    )


@transaction.atomic
def save_return(
    *,
    by: Mandate,
    row: Return,
    filled: Filled,
    seen: int | None = None,
    entry: Entry = Entry.FORM,
    lines: Sequence[TemplateLine] | None = None,
) -> int:
    """Written as a whole; how many figures changed. Nothing is written where one of them is no figure. `lines` are
    those of the template, where they are in hand already."""
    require(may_fill(by, row))
    take_turn(row, seen)
    row = locked_return(row)
    if not row.is_open:
        raise Refused(
            _("Báo cáo của %(unit)s đang ở trạng thái “%(state)s”, không sửa được. %(way)s")
            % {"unit": row.unit.title, "state": row.get_state_display(), "way": _way_on(row)}
        )
    require_round_open(row)
    version = version_of(row)
    assert version is not None
    lines = lines_of(row.round.template) if lines is None else lines
    changed = state_figures(by=by, statement=version.statement, told=_told(lines, filled, entry))
    words = _write_passages(version, row, filled.passages)
    _write_explanations(version, filled.explanations)
    ReturnVersion.objects.filter(pk=version.pk).update(saves=F("saves") + 1)
    details = {"figures": changed, "passages": words, "entry": str(entry), "unit": row.unit.code}
    record(by=by, verb=Acts.SAVED, subject=row, details=details)
    return changed


def _way_on(row: Return) -> str:
    if row.state == State.SUBMITTED:
        return _("Lãnh đạo đơn vị trả lại thì sửa được.")
    return _("Đề nghị cấp trên trả lại hoặc mở lại.")


def _told(lines: Iterable[TemplateLine], filled: Filled, entry: Entry) -> list[Told]:
    return [
        Told(
            indicator=line.indicator,
            value=cell.value,
            second=cell.second,
            words=cell.words,
            applicable=cell.applicable,
            entry=entry,
            locator=filled.locators.get(line.pk, ""),
        )
        for line in lines
        if (cell := filled.cells.get(line.pk)) is not None
    ]


def _write_passages(version: ReturnVersion, row: Return, passages: Mapping[int, str]) -> int:
    known = set(TemplateSection.objects.filter(template=row.round.template).values_list("pk", flat=True))
    for key, text in passages.items():
        if len(text) > LONGEST:
            raise Refused(_("Một phần lời văn dài quá %(most)s chữ cái. Rút gọn lại.") % {"most": LONGEST})
        if key not in known:
            raise Refused(_("Mẫu báo cáo không có phần lời văn này. Tải lại trang."))
    there = dict(version.passages.order_by().values_list("section", "text"))
    changed = {key: text.strip() for key, text in passages.items() if text.strip() != there.get(key, "")}
    Passage.objects.bulk_create(
        [Passage(version=version, section_id=key, text=text) for key, text in changed.items()],
        update_conflicts=True,
        unique_fields=["version", "section"],
        update_fields=["text"],
    )
    return len(changed)


def _write_explanations(version: ReturnVersion, explanations: Mapping[int, str]) -> None:
    gone = [line for line, text in explanations.items() if not text.strip()]
    if gone:
        version.explanations.filter(line__in=gone).delete()
    Explanation.objects.bulk_create(
        [
            Explanation(version=version, line_id=line, text=text.strip()[:500])
            for line, text in explanations.items()
            if text.strip()
        ],
        update_conflicts=True,
        unique_fields=["version", "line"],
        update_fields=["text"],
    )
