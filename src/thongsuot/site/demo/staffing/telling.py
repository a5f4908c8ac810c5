"""The staffing registers are filled on the first day, through the action that a workbook goes through; a round of
review follows: 92 units have filed by its first check, then more, and the silent ones are chased."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from random import Random

from thongsuot.audit.actors import SYSTEM
from thongsuot.site.demo.staffing.content import CityStaff, write
from thongsuot.site.demo.staffing.people import SINCE, Point
from thongsuot.site.demo.staffing.places import Figures, Place, counted
from thongsuot.site.demo.staffing.placing import Placing
from thongsuot.site.demo.story import Story
from thongsuot.site.demo.words import written
from thongsuot.staffing.actions import (
    apply_unit_staff,
    chase_reviews,
    file_review,
    load_positions,
    open_round,
    return_review,
)
from thongsuot.staffing.importing.content import PostRow, UnitStaff
from thongsuot.staffing.models import ReviewRound, UnitReview
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.queries import former_provinces

_OPENED, _FIRST_CHECK, _DUE, _CORRECTED, _RETURNED = 30, 16, 12, 11, 8  # working days before today
_CHASED = (15, 9, 3)
_LATER = 31  # of 168, after the first check
_CORRECTING = 2


@dataclass
class Staffing:
    story: Story
    staff: CityStaff = field(init=False)
    round: ReviewRound = field(init=False)
    first: set[str] = field(init=False)
    _keepers: dict[int, Mandate] = field(init=False, default_factory=dict)

    @property
    def keeper(self) -> Mandate:
        return self.story.signed["tochuc"]

    def begin(self) -> None:
        story = self.story
        load_positions(by=SYSTEM)
        self.staff = write(
            story.city.code, self._places(), self._points(), story.diary.day, story.chance("staffing")
        )
        by_code = {unit.code: unit for unit in (story.city, *story.units)}
        self.first = first_to_file(self.staff.figures, story.chance("first to file"), self._signing())
        late = self._corrected_later()
        for content in (self.staff.departments, *self.staff.wards):
            first = late.get(content.unit_code, content)
            apply_unit_staff(by=self.keeper, unit=by_code[content.unit_code], content=first)
        diary = story.diary
        diary.on(diary.ago(_OPENED), self.review)
        diary.on(diary.ago(_CORRECTED), lambda: self._correct(late))
        Placing(story, self.staff.figures).begin()

    def _places(self) -> Sequence[Place]:
        areas = former_provinces(self.story.city)
        return [
            Place(unit.code, str(unit), unit.kind, areas[unit.pk].code if unit.pk in areas else "")
            for unit in self.story.units
        ]

    def _points(self) -> dict[str, Point]:
        found: Sequence[Unit] = self.story.units
        return {
            unit.code: Point(unit.latitude, unit.longitude)
            for unit in found
            if unit.latitude is not None and unit.longitude is not None
        }

    # A round of review

    def review(self) -> None:
        """Who files when: 92 of 168 by the first check, with the surplus that was printed of them; then more."""
        story, diary, words = self.story, self.story.diary, written("staffing")["review"]
        self.round = open_round(
            by=self.keeper,
            unit=story.city,
            title=words["title"],
            basis=words["basis"],
            on=diary.day,
            due_on=diary.ago(_DUE),
        )
        chance = story.chance("review")
        first = [unit for unit in story.units if unit.code in self.first]
        rest = [unit for unit in story.units if unit.code not in self.first | self._signing()]
        chance.shuffle(rest)
        later = rest[: story.share(_LATER)]
        for units, earliest, latest in ((first, _OPENED - 2, _FIRST_CHECK + 1), (later, _FIRST_CHECK - 2, 2)):
            for unit in units:
                remark = chance.choice(words["remarks"]) if chance.random() < 0.3 else ""
                self._files(unit, chance.randint(latest, earliest), remark)
        for at, ago in enumerate(_CHASED):
            diary.on(diary.ago(ago), partial(self._chase, words["chases"][at]), late=True)
        for unit, reason in zip(first, words["returned"], strict=False):
            diary.on(diary.ago(_RETURNED), partial(self._return, unit, reason))

    def _files(self, unit: Unit, ago: int, remark: str) -> None:
        self.story.diary.on(
            self.story.diary.ago(ago),
            lambda: file_review(by=self._keeper_of(unit), review=self._owed(unit), remark=remark),
        )

    def _signing(self) -> frozenset[str]:
        """Units somebody signs in for have not filed: that is left for them to do."""
        signed = [one for one in self.story.signed.values() if one.role_code == "ward_personnel"]
        return frozenset(one.unit.code for one in signed)

    def _owed(self, unit: Unit) -> UnitReview:
        return UnitReview.objects.select_related("round", "unit").get(round=self.round, unit=unit)

    def _chase(self, words: str) -> None:
        owing = UnitReview.objects.filter(round=self.round, filed_at=None).values_list("unit", flat=True)
        chase_reviews(by=self.keeper, called=self.round, units=list(owing), words=words)

    def _return(self, unit: Unit, reason: str) -> None:
        return_review(by=self.keeper, review=self._owed(unit), reason=reason)

    def _keeper_of(self, unit: Unit) -> Mandate:
        if unit.pk not in self._keepers:
            self._keepers[unit.pk] = self.story.figure(f"tc.{unit.code}", "ward_personnel", str(unit))
        return self._keepers[unit.pk]

    # Two wards correct their register after filing: the file stays, and the difference shows

    def _corrected_later(self) -> Mapping[str, UnitStaff]:
        """As those wards had it at first: one person of theirs noted on another position."""
        found: dict[str, UnitStaff] = {}
        correcting = sorted(self.first)[-_CORRECTING:]
        for content in self.staff.wards:
            if content.unit_code in correcting:
                found[content.unit_code] = _with_first_on(content, "VP01", SINCE)
        return found

    def _correct(self, first: Mapping[str, UnitStaff]) -> None:
        """From the day the round asks about, so that what was filed of that day is no longer what stands there."""
        by_code = {unit.code: unit for unit in self.story.units}
        for content in self.staff.wards:
            if content.unit_code in first:
                mended = replace(_with_first_on(content, "HC01", self.round.on), on=self.round.on)
                apply_unit_staff(by=self.keeper, unit=by_code[content.unit_code], content=mended)


def _with_first_on(content: UnitStaff, position: str, since: date) -> UnitStaff:
    """The first of the service centre, on that position since that day."""
    people = list(content.people)
    at = next(at for at, row in enumerate(people) if row.posts[0].position == "HC01")
    people[at] = replace(people[at], posts=(PostRow(position, since=since),))
    return replace(content, people=people)


def first_to_file(figures: Sequence[Figures], chance: Random, but_not: frozenset[str]) -> set[str]:
    """92 units whose surplus adds up to 443, drawn until it does; of a smaller city its share."""
    published, codes = written("staffing")["published"], counted()
    surplus = {one.place.code: one.surplus(codes) for one in figures}
    share = len(figures) / 168
    many, wanted = round(published["filed"] * share), round(published["surplus_of_filed"] * share)
    every = sorted(surplus.keys() - but_not)
    inside = set(chance.sample(every, min(many, len(every))))
    for _try in range(20_000):
        missing = wanted - sum(surplus[code] for code in inside)
        outside = [code for code in every if code not in inside]
        if not missing or not outside:
            break
        out, into = chance.choice(sorted(inside)), chance.choice(outside)
        if abs(missing - (surplus[into] - surplus[out])) < abs(missing):
            inside = inside - {out} | {into}
    return inside
