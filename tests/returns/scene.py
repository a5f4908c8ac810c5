"""What the tests of returns share: indicators, a template of five lines and two sections, and filling it in."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from thongsuot.audit.actors import SYSTEM
from thongsuot.indicators.actions import load_catalogue
from thongsuot.indicators.models import Indicator
from thongsuot.kernel.periods import PeriodName
from thongsuot.returns.actions import (
    Design,
    Filled,
    Line,
    Section,
    accept_return,
    approve_return,
    begin_return,
    save_return,
    submit_return,
)
from thongsuot.returns.checking import Cell
from thongsuot.returns.models import Return
from thongsuot.units.models import Mandate

OPENED = date(2026, 9, 15)
QUARTER = PeriodName("quarter", 2026, 3)
VALUES = {
    "dossiers_received": 12_410,
    "dossiers_resolved": 12_000,
    "party_members": 1_553,
    "targets": (32, 33),
}
WORDS = "Trong quý đã tiếp nhận 12.410 hồ sơ, giải quyết 12.000 hồ sơ."


def indicator(code: str) -> Indicator:
    if not Indicator.objects.filter(code=code).exists():
        load_catalogue(by=SYSTEM)
    return Indicator.objects.get(code=code)


def design(**more: Any) -> Design:
    lines = [
        Line(indicator("dossiers_received"), "Hành chính", jump=Decimal(3)),
        Line(indicator("dossiers_resolved"), "Hành chính"),
        Line(indicator("party_members"), "Đảng", least=Decimal(1), prefill="last"),
        Line(indicator("targets"), "Đảng"),
        Line(indicator("tasks_overdue"), "Nhiệm vụ", required=False, prefill="loop", counted="tasks_overdue"),
    ]
    given: dict[str, Any] = {
        "code": "quy-thu",
        "name": "Báo cáo quý thử",
        "lines": lines,
        "sections": [
            Section("results", "Kết quả"),
            Section("next_tasks", "Nhiệm vụ kỳ tới", required=False),
            Section("proposals", "Kiến nghị", required=False),
        ],
        "valid_from": date(2026, 1, 1),
    }
    return Design(**(given | more))


def cell(value: Any) -> Cell:
    if isinstance(value, tuple):
        return Cell(Decimal(value[0]), Decimal(value[1]))
    return Cell(applicable=False) if value is None else Cell(Decimal(value))


def filled(row: Return, values: Mapping[str, Any] = VALUES, words: str = WORDS, **sections: str) -> Filled:
    lines = {line.indicator.code: line.pk for line in row.round.template.lines.select_related("indicator")}
    keys = {one.kind: one.pk for one in row.round.template.sections.all()}
    passages = {keys["results"]: words} | {keys[kind]: text for kind, text in sections.items()}
    return Filled({lines[code]: cell(value) for code, value in values.items()}, passages)


def fill(
    by: Mandate, row: Return, values: Mapping[str, Any] = VALUES, words: str = WORDS, **sections: str
) -> Return:
    begin_return(by=by, row=row)
    save_return(by=by, row=row, filled=filled(row, values, words, **sections))
    row.refresh_from_db()
    return row


def handed_in(clerk: Mandate, head: Mandate, row: Return, **sections: str) -> Return:
    fill(clerk, row, **sections)
    submit_return(by=clerk, row=row)
    approve_return(by=head, row=row)
    row.refresh_from_db()
    return row


def accepted(clerk: Mandate, head: Mandate, officer: Mandate, row: Return, **sections: str) -> Return:
    handed_in(clerk, head, row, **sections)
    accept_return(by=officer, row=row)
    row.refresh_from_db()
    return row
