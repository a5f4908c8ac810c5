"""Two quarters of returns: most in time, some late, sent back, missing, one reopened. Every figure is invented."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial
from random import Random

from thongsuot.audit.actors import SYSTEM
from thongsuot.indicators.actions import set_target
from thongsuot.indicators.enums import Calendar, PeriodKind
from thongsuot.indicators.models import Indicator
from thongsuot.kernel.periods import PeriodName
from thongsuot.kernel.verdicts import Refused
from thongsuot.lawbook.reporting import cut_off
from thongsuot.returns.actions import (
    Filled,
    accept_return,
    accept_returns,
    approve_return,
    begin_return,
    chase_returns,
    close_round,
    load_templates,
    open_round,
    reopen_return,
    save_return,
    send_back_return,
    submit_return,
    take_line,
)
from thongsuot.returns.checking import Cell
from thongsuot.returns.models import Return, ReturnTemplate, Round
from thongsuot.returns.queries.taking import digest_of, lines_in
from thongsuot.site.demo.story import Story
from thongsuot.units.models import Mandate, Unit

TEMPLATE = "quy-nha-nuoc"
FIRST, SECOND = (40, 34), (26, 19)  # working days ago: opened, due
REOPENED_BY, FILLS, APPROVES = "phường Bình Tân", "phường Tân Khánh", "phường Bình Tân"
NEXT = (
    "- Hoàn thành rà soát, số hóa hồ sơ còn tồn trước ngày 25 tháng cuối quý.\n"
    "- Đẩy nhanh giải ngân vốn đầu tư công, tháo gỡ các dự án chậm.\n"
    "- Kiện toàn tổ công nghệ số cộng đồng ở các khu phố."
)
ASKS = (
    "- Bổ sung biên chế công chức phụ trách công nghệ thông tin.",
    "- Nâng cấp đường truyền và máy quét cho Trung tâm Phục vụ hành chính công.",
    "- Hướng dẫn thống nhất cách tính hồ sơ trực tuyến toàn trình.",
)
AIMS = {"stuck_projects": 3, "poor_households": 80, "dossiers_overdue": 40, "targets": 90, "violations": 7}
BASIS = "Kế hoạch công tác năm của Thành ủy (số minh họa)"
RUSH = 0.06  # of wards in the second quarter
WHY = "Đã kiểm tra: hồ sơ đất đai dồn vào tháng cuối quý, máy chủ gián đoạn hai ngày."
SHORT = "Một số việc còn chậm do nhân sự mới tiếp nhận, thiết bị chưa đồng bộ."


@dataclass
class Reports:
    story: Story
    heads: dict[int, Mandate] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    sections: dict[str, int] = field(default_factory=dict)
    rounds: list[Round] = field(default_factory=list)
    sizes: dict[int, float] = field(default_factory=dict)
    to_accept: dict[date, list[Return]] = field(default_factory=dict)

    def tell(self) -> None:
        """Called before anything is told."""
        diary = self.story.diary
        diary.on(diary.ago(FIRST[0]), self._begin)
        names = self._quarters()
        for (opened, due), name, first in ((FIRST, names[0], True), (SECOND, names[1], False)):
            diary.on(diary.ago(opened), partial(self._open, name, due, first))
        diary.on(
            diary.ago(SECOND[0] + 1),
            lambda: close_round(by=self.story.officer, called=self.rounds[0]),
            late=True,
        )
        for ago in (SECOND[1] - 2, 6):
            diary.on(diary.ago(ago), lambda: chase_returns(by=self.story.officer, called=self.rounds[1]))

    def _quarters(self) -> tuple[PeriodName, PeriodName]:
        """The last two that were over when the second round was opened."""
        on = self.story.diary.ago(SECOND[0])
        name = PeriodName(PeriodKind.QUARTER, on.year + 1)
        while cut_off(Calendar.STATE, name) > on:
            name = name.moved(-1)
        return name.moved(-1), name

    def _begin(self) -> None:
        load_templates(by=SYSTEM)
        template = ReturnTemplate.objects.get(code=TEMPLATE, issuer=None)
        self.lines = {line.indicator.code: line.pk for line in template.lines.select_related("indicator")}
        self.sections = {section.kind: section.pk for section in template.sections.all()}
        chance = self.story.chance("returns")
        for unit in self.story.units:
            self.heads[unit.pk] = self._head(unit)
            self.sizes[unit.pk] = chance.uniform(0.45, 1.8)

    def _head(self, unit: Unit) -> Mandate:
        for mandate in self.story.signed.values():
            if mandate.unit_id == unit.pk and mandate.role_code == "ward_leader":
                return mandate
        return self.story.figure(f"ld.{unit.code}", "ward_leader", str(unit))

    def _open(self, name: PeriodName, due: int, first: bool) -> None:
        diary, chance = self.story.diary, self.story.chance(f"returns {name.code}")
        template = ReturnTemplate.objects.get(code=TEMPLATE, issuer=None)
        called = open_round(by=self.story.officer, template=template, name=name, due=diary.ago(due))
        self.rounds.append(called)
        if not first:
            self._aim(called)
        rows = list(
            called.returns.select_related("unit").filter(unit__in=[one.pk for one in self.story.units])
        )
        chance.shuffle(rows)
        plans = self._plans(len(rows), first)
        for row, plan in zip(rows, plans, strict=True):
            self._plan(row, due, self._special(row.unit, first) or plan, chance)

    def _aim(self, called: Round) -> None:
        """Each ward has something to reach in every pillar, so that its scorecard says how far it is."""
        for indicator in Indicator.objects.filter(code__in=AIMS):
            set_target(
                by=self.story.officer,
                indicator=indicator,
                unit=called.unit,
                period=called.period,
                value=Decimal(AIMS[indicator.code]),
                basis=BASIS,
            )

    def _plans(self, many: int, first: bool) -> list[str]:
        some = (
            {"back": 6, "late": 14}
            if first
            else {"missing": 9, "draft": 5, "back": 5, "waits": 8, "late": 17}
        )
        plans = [plan for plan, count in some.items() for _time in range(self.story.share(count))]
        return [*plans, *["plain"] * many][:many]

    def _special(self, unit: Unit, first: bool) -> str:
        """Wards somebody signs in for have something to do."""
        if first:
            return "reopened" if str(unit) == REOPENED_BY else ""
        return {FILLS: "draft", APPROVES: "submitted"}.get(str(unit), "")

    def _plan(self, row: Return, due: int, plan: str, chance: Random) -> None:
        diary, story = self.story.diary, self.story
        # The acts read the row anew, each under its lock.
        if plan == "missing":
            return
        clerk, head = story.wards[row.unit_id], self.heads[row.unit_id]
        fills = due + chance.randint(1, 4) if plan != "late" else due - chance.randint(1, 5)
        seed = chance.random()
        diary.on(diary.ago(fills), partial(self._fill, row, clerk, seed))
        if plan == "draft":
            return
        diary.on(diary.ago(fills), lambda: submit_return(by=clerk, row=row), late=True)
        if plan == "submitted":
            return
        diary.on(diary.ago(fills), lambda: approve_return(by=head, row=row), late=True)
        if plan == "back":
            self._sent_back(row, fills, clerk, head, chance)
        elif plan != "waits":
            self._accepted(row, diary.ago(max(1, fills - 1)))
        if plan == "reopened":
            diary.on(diary.ago(fills - 2), partial(self._reopened, row, clerk, head), late=True)
        if plan != "back" and chance.random() < 0.06:
            diary.on(diary.ago(max(1, fills - 1)), partial(self._taken, row, clerk), late=True)

    def _accepted(self, row: Return, day: date) -> None:
        """Together with all others that are due that day."""
        if day not in self.to_accept:
            self.to_accept[day] = []
            self.story.diary.on(day, partial(self._accept_all, self.to_accept[day]), late=True)
        self.to_accept[day].append(row)

    def _accept_all(self, rows: list[Return]) -> None:
        _many, refused = accept_returns(by=self.story.officer, rows=rows)
        for _row, why in refused:
            raise Refused(why)

    def _sent_back(self, row: Return, fills: int, clerk: Mandate, head: Mandate, chance: Random) -> None:
        diary, officer = self.story.diary, self.story.officer
        reason = chance.choice(
            [
                "Hồ sơ trực tuyến chưa khớp với hệ thống của thành phố, đề nghị kiểm tra lại.",
                "Thiếu nguyên nhân hạn chế.",
            ]
        )
        back = max(2, fills - 1)
        diary.on(
            diary.ago(back), lambda: send_back_return(by=officer, row=_now(row), reason=reason), late=True
        )
        if chance.random() < 0.7:
            again = diary.ago(max(1, back - 1))
            diary.on(again, lambda: submit_return(by=clerk, row=row), late=True)
            diary.on(again, lambda: approve_return(by=head, row=row), late=True)
            diary.on(again, lambda: accept_return(by=officer, row=row), late=True)

    def _reopened(self, row: Return, clerk: Mandate, head: Mandate) -> None:
        officer = self.story.officer
        reopen_return(by=officer, row=_now(row), reason="Đơn vị báo nhầm số doanh nghiệp, đề nghị báo lại.")
        key = self.lines["enterprises"]
        cell = Cell(Decimal(int(1_620 * self.sizes[row.unit_id])))
        save_return(by=clerk, row=_now(row), filled=Filled(cells={key: cell}))
        submit_return(by=clerk, row=_now(row))
        approve_return(by=head, row=_now(row))
        accept_return(by=officer, row=_now(row))

    def _taken(self, row: Return, clerk: Mandate) -> None:
        section = _now(row).round.template.sections.get(kind="proposals")
        text = next(lines_in(ASKS[row.unit_id % len(ASKS)]))
        take_line(by=clerk, row=_now(row), section=section, digest=digest_of(text))

    def _fill(self, row: Return, clerk: Mandate, seed: float) -> None:
        begin_return(by=clerk, row=row)
        values = invented_figures(
            self.sizes[row.unit_id],
            Random(seed),  # noqa: S311  a story, no secret
            RUSH if row.round_id != self.rounds[0].pk else 0,
        )
        words = _words(values)
        passages = {
            self.sections["results"]: words,
            self.sections["shortcomings"]: SHORT,
            self.sections["next_tasks"]: NEXT,
            self.sections["proposals"]: ASKS[row.unit_id % len(ASKS)],
        }
        cells = {self.lines[code]: cell for code, cell in values.items()}
        rush = (values["dossiers_overdue"].value or 0) > 100 * self.sizes[row.unit_id]
        whys = {self.lines["dossiers_overdue"]: WHY} if rush else {}
        save_return(by=clerk, row=row, filled=Filled(cells, passages, whys))


def _now(row: Return) -> Return:
    return Return.objects.select_related(
        "round__template", "round__period", "round__unit", "unit__parent"
    ).get(pk=row.pk)


def invented_figures(size: float, chance: Random, rush: float) -> Mapping[str, Cell]:
    """Of a ward so many times as large as a middling one; a quarter differs from the next by a tenth."""

    def about(middling: float) -> int:
        return round(middling * size * chance.uniform(0.92, 1.08))

    received = about(9_400)
    population = round(55_000 * size)
    met = chance.randint(27, 33)
    counted = {
        "budget_revenue": about(118_000) * 1_000_000,
        "budget_expenditure": about(86_000) * 1_000_000,
        "disbursement": about(24_000) * 1_000_000,
        "enterprises": round(1_500 * size),
        "household_businesses": round(3_900 * size),
        "stuck_projects": 1 + round(2 * size),
        "population": population,
        "households": round(population / 3.6),
        "poor_households": round(70 * size),
        "near_poor_households": round(140 * size),
        "digital_teams": max(3, round(14 * size)),
        "dossiers_received": received,
        "dossiers_online": round(received * chance.uniform(0.55, 0.9)),
        "dossiers_resolved": round(received * chance.uniform(0.94, 0.99)),
        "dossiers_overdue": about(34) * (5 if chance.random() < rush else 1),
        "staff": max(24, round(52 * size)),
        "part_time_workers": round(18 * size),
        "violations": chance.randint(4, 10),
        "fires": chance.randint(0, 3),
    }
    cells = {code: Cell(Decimal(value)) for code, value in counted.items()}
    return cells | {"targets": Cell(Decimal(met), Decimal(33))}


def _words(values: Mapping[str, Cell]) -> str:
    def said(code: str) -> str:
        return f"{values[code].value:,.0f}".replace(",", ".")

    revenue = (values["budget_revenue"].value or Decimal()) / 1_000_000_000
    return (
        f"Trong quý, Trung tâm Phục vụ hành chính công tiếp nhận {said('dossiers_received')} hồ sơ. "
        f"Tổng thu ngân sách đạt {revenue:.1f} tỷ đồng.\n".replace(
            f"{revenue:.1f}", f"{revenue:.1f}".replace(".", ",")
        )
        + f"Đến cuối quý, đơn vị đạt {said('targets')}/33 chỉ tiêu nghị quyết."
    )
