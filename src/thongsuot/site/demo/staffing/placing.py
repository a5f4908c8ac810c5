"""A plan is computed on the registers, and its first chains go their way: one to its decision, one refused, one that
nobody answers. Before it, two people changed places and one went to help elsewhere.

What has taken effect leaves every published sum as it was (a swap and a secondment fill no empty place); the chain that
is decided takes effect a few days after the day of building.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property, partial
from itertools import groupby, islice
from typing import Any

from thongsuot.lawbook.staffing import relatives_rule
from thongsuot.lawbook.transfers import chain_of
from thongsuot.site.demo.staffing.places import Figures, counted
from thongsuot.site.demo.story import Story
from thongsuot.site.demo.words import written
from thongsuot.staffing.actions import note_kin
from thongsuot.staffing.actions import transfers as files
from thongsuot.staffing.actions.plans import decline_move, start_plan
from thongsuot.staffing.actions.running import compute_plan
from thongsuot.staffing.enums import Answer, HoldingKind, Means, Party, Relation, RunState, TransferState
from thongsuot.staffing.models import Consent, Holding, Lock, Plan, PlanMove, Transfer
from thongsuot.staffing.planning.conditions import Conditions
from thongsuot.units.enums import Tier
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.queries import holding_on

# Working days before today.
_KIN, _SWAPPED, _PLANNED = 29, 10, 9  # after two wards have corrected their lists
_OPENED, _HEARD, _ASKED, _ANSWERED, _TAKEN_FURTHER, _DECIDED = 8, 7, 6, 5, 3, 2
_IN_EFFECT = 8  # and after it
_HELPS = timedelta(days=150)
# What becomes of the chains accepted, the one that shows most first.
_DECIDED_ON, _AGREED, _SILENT, _REFUSED, _ESCALATED, _CANCELLED, _ONLY_HEARD, _ONLY_OPENED = range(8)
_ASKED_ABOUT = (_DECIDED_ON, _AGREED, _SILENT, _REFUSED, _ESCALATED, _CANCELLED)
_SAY_NO = (_REFUSED, _ESCALATED, _CANCELLED)


class NoPlan(Exception):
    """The plan of the demonstration could not be computed."""


@dataclass
class Placing:
    story: Story
    figures: Sequence[Figures]
    words: Any = field(init=False)
    fates: dict[int, list[int]] = field(init=False, default_factory=dict)
    plan: Plan = field(init=False)

    def __post_init__(self) -> None:
        self.words = written("staffing")["placement"]
        self.chance = self.story.chance("placement")
        self._leaders: dict[int, Mandate] = {}

    @property
    def keeper(self) -> Mandate:
        return self.story.signed["tochuc"]

    def begin(self) -> None:
        diary = self.story.diary
        for ago, act in (
            (_KIN, self.relatives),
            (_SWAPPED, self.swap),
            (_SWAPPED, self.help_out),
            (_PLANNED, self.draw_up),
            (_OPENED, self.accept),
            (_HEARD, self.hear),
            (_ASKED, self.ask),
            (_ANSWERED, self.answer),
            (_TAKEN_FURTHER, self.take_further),
            (_DECIDED, self.decide),
        ):
            diary.on(diary.ago(ago), act)

    # Relatives

    def relatives(self) -> None:
        """In one unit or two neighbours, at posts that the rule lets them hold together."""
        rule, told = relatives_rule(), written("staffing")["kin"]
        held = Holding.objects.filter(holding_on(self.story.diary.day), kind=HoldingKind.FULL)
        rows = list(
            held.filter(unit__in=self.story.units)
            .select_related("person", "position")
            .order_by("unit__code", "person__number")
        )
        wanted = self.story.share(told["pairs"])
        for at, one in enumerate(self.chance.sample(rows, min(wanted, len(rows)))):
            other = rows[(rows.index(one) + self.chance.randint(1, 70)) % len(rows)]
            relation = Relation(told["relations"][at % len(told["relations"])])
            if relation == Relation.SPOUSE and one.person.sex == other.person.sex:
                relation = Relation.SIBLING
            together = one.unit_id == other.unit_id
            if one.person_id == other.person_id or (
                together and rule.forbids(one.position.code, other.position.code)
            ):
                continue
            note_kin(by=self.keeper, person=one.person, relative=other.person, relation=relation)

    # Before the plan: a swap that is over, a secondment that runs

    def swap(self) -> None:
        pair = next(self._alike(), None)
        if pair is None:
            return
        opened = [self._opened(one, other.unit, Means.TRANSFER, "swap") for one, other in (pair, pair[::-1])]
        self._agreed(opened)
        self._decide(opened, self.story.diary.day, at=1)
        self.story.diary.after(4, lambda: self._hand_over(opened))

    def help_out(self) -> None:
        """From where there are too many to where somebody is missing on the same position."""
        for code in counted():
            over = [one for one in self.figures if one.present[code] > one.places[code]]
            short = [one for one in self.figures if one.present[code] < one.places[code]]
            helper = next(self._free(self._unit(one), code) for one in over) if over and short else None
            if helper is None:
                continue
            opened = [self._opened(helper, self._unit(short[0]), Means.SECONDMENT, "secondment")]
            self._agreed(opened)
            self._decide(opened, self.story.diary.day, at=2, ends_on=self.story.diary.day + _HELPS)
            return

    def _alike(self) -> Iterator[tuple[Holding, Holding]]:
        for code in counted():
            able = (found for one in self.figures if (found := self._free(self._unit(one), code)))
            if len(pair := list(islice(able, 2))) == 2:
                yield pair[0], pair[1]

    def _free(self, unit: Unit, code: str) -> Holding | None:
        """Somebody on that position whom nothing keeps from moving."""
        day = self.story.diary.day
        locked = Lock.objects.filter(holding_on(day)).values("person")
        moving = Transfer.objects.values("person")
        held = Holding.objects.filter(
            holding_on(day), unit=unit, position__code=code, kind=HoldingKind.FULL
        ).exclude(person__in=locked)
        return (
            held.exclude(person__in=moving)
            .select_related("person", "unit", "position")
            .order_by("person__number")
            .last()
        )

    @cached_property
    def _by_code(self) -> dict[str, Unit]:
        return {unit.code: unit for unit in self.story.units}

    def _unit(self, figures: Figures) -> Unit:
        return self._by_code[figures.place.code]

    def _opened(self, post: Holding, to: Unit, means: Means, why: str) -> Transfer:
        return files.open_transfer(
            by=self.keeper,
            person=post.person,
            to_unit=to,
            to_position=post.position,
            means=means,
            reason=self.words[why],
        )

    def _agreed(self, opened: Iterable[Transfer]) -> None:
        for one in opened:
            self._hear(one)
            self._ask(one)
            self._answer(one)

    def _hand_over(self, opened: Iterable[Transfer]) -> None:
        for one in opened:
            for item in one.handover.select_related("transfer__from_unit", "transfer__to_unit"):
                files.tick_handover(by=self.keeper, item=item)
            files.close(by=self.keeper, transfer=one)

    # The plan and its chains

    def draw_up(self) -> None:
        conditions = Conditions(self.story.diary.day, max_km=self.words["max_km"])
        plan = start_plan(
            by=self.keeper, unit=self.story.city, title=self.words["title"], conditions=conditions
        )
        compute_plan.call(plan.pk)  # what the worker does
        self.plan = Plan.objects.get(pk=plan.pk)
        if self.plan.state != RunState.SOLVED:
            raise NoPlan(self.plan.trouble)

    def accept(self) -> None:
        chains = self._chains()
        for fate, chain in zip(self._shared_out(len(chains)), chains, strict=False):
            if fate == _ONLY_OPENED:
                self.story.diary.after(_OPENED - _DECIDED, partial(self._open, fate, chain))
            else:
                self._open(fate, chain)
        followed = [move.pk for chain in chains for move in chain]
        proposed = PlanMove.objects.filter(plan=self.plan, standing="proposed").exclude(pk__in=followed)
        left = proposed.order_by("-km", "pk").first()
        if left:
            decline_move(by=self.keeper, move=left, reason=self.words["declined"])

    def _chains(self) -> list[list[PlanMove]]:
        """Of two to four moves among communes; first the one that a ward somebody signs in for is asked about."""
        rows = PlanMove.objects.filter(plan=self.plan, chain__isnull=False)
        rows = rows.select_related("from_unit", "to_unit", "from_position", "to_position", "person")
        found = [list(chain) for _key, chain in groupby(rows.order_by("chain", "step", "pk"), _chain)]
        signed = {one.unit_id for one in self.story.signed.values() if one.role_code == "ward_leader"}
        able = [chain for chain in found if 2 <= len(chain) <= 4 and _among_communes(chain)]
        return sorted(able, key=lambda chain: (not _asks(chain, signed), -len(chain)))

    def _shared_out(self, chains: int) -> list[int]:
        """The silent one goes to whom somebody can sign in for; of few chains the decided one comes next."""
        return [_SILENT, _DECIDED_ON, *(fate for fate in range(8) if fate not in (_SILENT, _DECIDED_ON))][
            :chains
        ]

    def _open(self, fate: int, chain: Sequence[PlanMove]) -> None:
        opened = files.open_chain(by=self.keeper, moves=chain, reason=self.words["reason"])
        self.fates[fate] = [one.pk for one in opened]

    def hear(self) -> None:
        for one in self._of(*self.fates):
            self._hear(one)

    def ask(self) -> None:
        for one in self._of(*_ASKED_ABOUT):
            self._ask(one)

    def answer(self) -> None:
        for one in self._of(_DECIDED_ON, _AGREED):
            self._answer(one)
        for one in self._of(_SILENT):
            self._answer(one, parties=(Party.SENDER,), but_not=self._signed)
        for fate in _SAY_NO:
            self._say_no(self._of(fate))

    def take_further(self) -> None:
        refused = Consent.objects.filter(answer=Answer.REFUSES).select_related("transfer")
        for consent in refused.filter(transfer__in=self.fates.get(_ESCALATED, ())):
            files.escalate(by=self.keeper, consent=consent, reason=self.words["escalated"])
        for one in self._of(_CANCELLED):
            files.cancel(by=self.keeper, transfer=one, reason=self.words["cancelled"])

    def decide(self) -> None:
        if opened := self._of(_DECIDED_ON):
            self._decide(opened, self.story.diary.ahead(_IN_EFFECT), at=3)

    # Steps of a file

    def _of(self, *fates: int) -> list[Transfer]:
        keys = [key for fate in fates for key in self.fates.get(fate, ())]
        rows = Transfer.objects.select_related("from_unit", "to_unit").in_bulk(keys)
        return [rows[key] for key in keys]

    def _hear(self, one: Transfer) -> None:
        view = self.chance.choice(self.words["views"])
        heard_by = self.words["heard_by"]
        files.note_hearing(
            by=self.keeper, transfer=one, on=self.story.diary.day, heard_by=heard_by, view=view, agrees=True
        )

    def _ask(self, one: Transfer) -> None:
        one.refresh_from_db()
        if one.state == TransferState.HEARD:  # inside one committee nobody is asked
            files.ask_parties(by=self.keeper, transfer=one)

    def _answer(
        self, one: Transfer, parties: Sequence[str] = (), but_not: frozenset[int] = frozenset()
    ) -> None:
        """Every party agrees, and whoever is asked after them; or only those named."""
        for _round in range(3):
            waiting = one.consents.filter(answer="").select_related("unit", "transfer").order_by("pk")
            for consent in waiting:
                if consent.unit_id not in but_not and (not parties or consent.party in parties):
                    files.answer(by=self._head_of(consent.unit), consent=consent, answer=Answer.AGREES)

    def _say_no(self, opened: Sequence[Transfer]) -> None:
        """One receiver refuses; the others agree."""
        refused = False
        for one in opened:
            consent = one.consents.filter(party=Party.RECEIVER, answer="").select_related("unit").first()
            if consent and not refused:
                by = self._head_of(consent.unit)
                files.answer(by=by, consent=consent, answer=Answer.REFUSES, reason=self.words["refused"])
                refused = True
            else:
                self._answer(one)

    def _decide(
        self, opened: Sequence[Transfer], effective_on: date, *, at: int, ends_on: date | None = None
    ) -> None:
        day = self.story.diary.day
        decision = files.Decision(
            number=self.words["decided"].format(at=at),
            on=day,
            signed_by=self.words["signed_by"],
            effective_on=effective_on,
            ends_on=ends_on,
            consulted=sorted({body for one in opened for body in chain_of(one.kind, day).consult}),
        )
        files.decide(by=self.keeper, transfers=opened, decision=decision)

    @property
    def _signed(self) -> frozenset[int]:
        return frozenset(one.unit_id for one in self.story.signed.values() if one.role_code == "ward_leader")

    def _head_of(self, unit: Unit) -> Mandate:
        """Who answers for a unit; what the city is asked, its personnel officer answers."""
        if unit.tier != Tier.COMMUNE:
            return self.keeper
        if unit.pk not in self._leaders:
            signed = [one for one in self.story.signed.values() if one.unit_id == unit.pk]
            leader = next((one for one in signed if one.role_code == "ward_leader"), None)
            self._leaders[unit.pk] = leader or self.story.figure(f"ct.{unit.code}", "ward_leader", str(unit))
        return self._leaders[unit.pk]


def _chain(move: PlanMove) -> int:
    assert move.chain is not None
    return move.chain


def _among_communes(chain: Sequence[PlanMove]) -> bool:
    """Where at least one asks two communes, and none comes from a department."""
    ends = {unit.tier for move in chain for unit in (move.from_unit, move.to_unit)}
    return ends == {Tier.COMMUNE} and any(move.from_unit_id != move.to_unit_id for move in chain)


def _asks(chain: Sequence[PlanMove], units: Iterable[int]) -> bool:
    return any(
        move.from_unit_id != move.to_unit_id and {move.from_unit_id, move.to_unit_id} & set(units)
        for move in chain
    )
