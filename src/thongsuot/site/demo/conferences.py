"""One conference that closed a quarter and opened the next with its tasks, and the next one, being prepared."""

from dataclasses import dataclass, replace

from thongsuot.indicators.actions import period_for
from thongsuot.indicators.enums import Calendar
from thongsuot.matters.actions import Clears, amend_draft, issue_order
from thongsuot.oversight.actions import (
    NewConference,
    add_conclusions,
    close_conference,
    draft_from_conclusion,
    hold_conference,
    prepare_conference,
)
from thongsuot.oversight.models import Conclusion, Conference
from thongsuot.returns.models import Round
from thongsuot.site.demo.reports import Reports
from thongsuot.site.demo.story import Story
from thongsuot.units.models import Unit

PREPARED, HELD, CLOSED = 32, 30, 27  # working days ago
NEXT_PREPARED, NEXT_AHEAD = 4, 5
COMMITTEE, TERM, ORDINAL = "Ban Chấp hành Đảng bộ Thành phố", "2025-2030", 6
CHAIR, PLACE = "Ban Thường vụ", "Hội trường Thành phố"
TO_ALL = "Rà soát, giải quyết dứt điểm hồ sơ thủ tục hành chính quá hạn trên địa bàn trong kỳ tới."
TO_SOME = (
    "Lập danh mục dự án đầu tư công giải ngân dưới mức bình quân, nêu vướng mắc và cấp có thẩm quyền tháo gỡ."
)
NOTED = "Ghi nhận kết quả kiện toàn bộ máy, bố trí trụ sở của các đơn vị trong kỳ."
SOME = 14  # of 168 units


@dataclass
class Conferences:
    story: Story
    reports: Reports

    def tell(self) -> None:
        diary = self.story.diary
        diary.on(diary.ago(PREPARED), self._first, late=True)
        diary.on(diary.ago(NEXT_PREPARED), self._second, late=True)

    def _first(self) -> None:
        conference = self._prepared(self.reports.rounds[0], ORDINAL, HELD)
        diary = self.story.diary
        diary.on(diary.ago(HELD), lambda: self._held(conference), late=True)
        diary.on(
            diary.ago(CLOSED),
            lambda: close_conference(by=self.story.officer, conference=conference),
            late=True,
        )

    def _second(self) -> None:
        self._prepared(self.reports.rounds[1], ORDINAL + 1, -NEXT_AHEAD)

    def _prepared(self, called: Round, ordinal: int, ago: int) -> Conference:
        after = called.period.period_name.moved(1)
        return prepare_conference(
            by=self.story.officer,
            unit=self.story.city,
            conference=NewConference(
                organisation=COMMITTEE,
                ordinal=ordinal,
                term=TERM,
                planned_on=self.story.diary.ago(ago),
                place=PLACE,
                closes=called.period,
                opens=period_for(Calendar(called.period.calendar), after),
                paper=called,
            ),
        )

    def _held(self, conference: Conference) -> None:
        officer, day = self.story.officer, self.story.diary.day
        hold_conference(by=officer, conference=conference, on=day, chair=CHAIR)
        to_all, to_some = add_conclusions(by=officer, conference=conference, texts=[TO_ALL, TO_SOME])
        add_conclusions(by=officer, conference=conference, texts=[NOTED], assigns=False)
        units = self.story.units
        some = self.story.chance("conference").sample(units, min(len(units), self.story.share(SOME)))
        self._given(to_all, units, "Báo cáo kết quả kèm danh mục hồ sơ đã giải quyết")
        self._given(to_some, some, "Danh mục dự án kèm kiến nghị tháo gỡ")

    def _given(self, point: Conclusion, units: list[Unit], product: str) -> None:
        officer = self.story.officer
        order = draft_from_conclusion(by=officer, conclusion=point)
        clears = Clears(
            text=order.text,
            units=units,
            person="Chủ tịch Ủy ban nhân dân",
            product=product,
            basis=order.basis,
            due_on=order.due_on,
            lead_code="peoples_committee",
            origin=order.origin,
        )
        if clears.due_on is None:
            clears = replace(clears, due_on=self.story.diary.ahead(20))
        issue_order(by=officer, order=amend_draft(by=officer, order=order, clears=clears))
