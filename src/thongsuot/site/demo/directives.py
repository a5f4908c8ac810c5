"""A plan of the city that every ward must put into effect: most have, some late, some not yet."""

from collections.abc import Mapping
from functools import partial
from random import Random
from typing import Any

from thongsuot.documents.actions import (
    Facts,
    Heads,
    add_version,
    answer_directive,
    enter_document,
    keep_points,
    look_again,
    order_implementing,
    record_study,
    set_circle,
    set_studied_by,
)
from thongsuot.documents.enums import Audience, UptakeKind
from thongsuot.documents.models import Directive, Document, DocumentVersion, Point, Uptake
from thongsuot.documents.outlining import located, outline
from thongsuot.matters.actions import Clears, verify_task
from thongsuot.matters.enums import State
from thongsuot.matters.models import Matter
from thongsuot.site.demo.story import Story
from thongsuot.site.demo.words import written
from thongsuot.sources.actions import receive_evidence
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate, Unit

LOOKED_AGAIN = 0.55  # of those whose points were amended
VERIFIED = 0.2
STUDYING = 0.3  # wards whose study sessions are told of
WITH_LINES = 0.1  # wards whose plan is kept point by point


class Directives:
    def __init__(self, story: Story) -> None:
        self.story = story
        self.texts: Mapping[str, Any] = written("directives")
        self.document: Document
        self.directive: Directive
        self.points: list[Point]

    def begin(self) -> None:
        diary, plan = self.story.diary, self.texts["plan"]
        diary.on(diary.ago(plan["entered"]), self._enter)
        diary.on(diary.ago(plan["ordered"]), self._order)
        diary.on(diary.ago(self.texts["amendment"]["ago"]), self._amend)

    def _enter(self) -> None:
        entry = self.texts["plan"]
        self.document = self._registered(entry)
        version = self._version(entry["text"], entry["symbol"], None)
        self.points = [one.point for one in version.wordings.select_related("point")]
        for anchor, audiences in self.texts["studied_by"].items():
            point = version.wordings.get(anchor=anchor).point
            set_studied_by(by=self.story.officer, point=point, audiences=audiences)

    def _order(self) -> None:
        story, plan = self.story, self.texts["plan"]
        self.directive = order_implementing(
            by=story.officer,
            document=self.document,
            clears=Clears(
                text=f"Cụ thể hóa và tổ chức thực hiện {self.document}",
                units=story.units,
                person="Bí thư Đảng ủy phường, xã, đặc khu",
                product="Kế hoạch thực hiện của đơn vị, gắn với từng điểm",
                basis=str(self.document),
                due_on=story.diary.ago(plan["due"]),
                lead_code="party_committee",
                topic=plan["topic"],
            ),
        )
        fates, shares = zip(*self.texts["fates"].items(), strict=True)
        for number, unit in enumerate(story.units):
            chance = story.chance(f"directive:{unit.code}")
            # every fate is there however few the units of the story
            fate = fates[number] if number < len(fates) else chance.choices(fates, shares)[0]
            if fate == "missing":
                continue
            days = plan["due"] + chance.randint(1, plan["ordered"] - plan["due"] - 2)
            if fate == "late":
                days = plan["due"] - chance.randint(1, plan["due"] - 1)
            story.diary.on(story.diary.ago(days), partial(self._answer, unit, fate, number, chance))

    def _answer(self, unit: Unit, fate: str, number: int, chance: Random) -> None:
        by = self.story.wards[unit.pk]
        if fate == "not_applicable":
            reason = self.texts["not_applicable"]
            answer_directive(by=by, directive=self.directive, kind=UptakeKind.NOT_APPLICABLE, reason=reason)
            return
        own = enter_document(
            by=by,
            facts=Facts(
                symbol=f"{number % 60 + 4}-KH/ĐU",
                date=self.story.diary.day,
                issuer=f"Đảng ủy {unit}",
                abstract=self.texts["own"]["abstract"].format(unit=unit),
                in_force_from=self.story.diary.day,
            ),
        )
        if chance.random() < WITH_LINES:
            version = add_version(by=by, document=own, effective_on=self.story.diary.day)
            keep_points(by=by, version=version, points=outline(self.texts["own"]["lines"]))
        points = [
            point for point in self.points if chance.random() < self.texts["taken"].get(point.anchor, 0)
        ]
        answer_directive(by=by, directive=self.directive, kind=UptakeKind.PLAN, document=own, points=points)
        if chance.random() < VERIFIED:
            self.story.diary.after(chance.randint(1, 3), partial(self._verify, unit))
        if chance.random() < STUDYING:
            self._study(by, unit, chance)

    def _verify(self, unit: Unit) -> None:
        task = Matter.objects.filter(order=self.directive.order_id, unit=unit, state=State.SUBMITTED).first()
        if task:
            verify_task(by=self.story.officer, task=task)

    def _study(self, by: Mandate, unit: Unit, chance: Random) -> None:
        for audience, share in self.texts["study_shares"].items():
            if chance.random() < share:
                self.story.diary.after(chance.randint(1, 6), partial(self._session, by, unit, audience))

    def _session(self, by: Mandate, unit: Unit, audience: str) -> None:
        """Those invited are the audience; a fifth of the wards gives the names of those who came."""
        chance = self.story.chance(f"study:{unit.code}:{audience}")
        heads = chance.randint(32, 64) * {"cadres": 1, "members": 6, "people": 40}[audience]
        came = round(heads * chance.uniform(0.4, 0.97))
        set_circle(by=by, document=self.document, audience=Audience(audience), heads=heads)
        roll = [f"Người dự {number}" for number in range(came)] if audience == "cadres" else []
        record_study(
            by=by,
            version=self._newest(),
            audience=Audience(audience),
            held_on=self.story.diary.day,
            place=self.texts["places"][audience],
            heads=Heads(heads, came, came, round(came * chance.uniform(0, 0.9)), round(came * 0.3)),
            roll=roll if chance.random() < 0.2 else [],
        )

    def _amend(self) -> None:
        entry = self.texts["amendment"]
        paper = self._registered(entry)
        text = self.texts["plan"]["text"]
        for before, after in entry["changes"]:
            text = text.replace(before.strip(), after.strip())
        self._version(text, entry["symbol"], paper)
        for uptake in Uptake.objects.filter(directive=self.directive, again__isnull=False):
            chance = self.story.chance(f"again:{uptake.unit_id}")
            if chance.random() < LOOKED_AGAIN:
                self.story.diary.after(chance.randint(1, 7), partial(self._looked, uptake))

    def _looked(self, uptake: Uptake) -> None:
        look_again(by=self.story.wards[uptake.unit_id], uptake=uptake)

    def _registered(self, entry: Mapping[str, Any]) -> Document:
        day = self.story.diary.day
        named = ("symbol", "type", "issuer", "signer", "abstract")
        facts = Facts(date=day, in_force_from=day, **{name: entry[name] for name in named})
        return enter_document(by=self.story.officer, facts=facts, unit=self.story.city)

    def _version(self, text: str, symbol: str, amended_by: Document | None) -> DocumentVersion:
        by = self.story.officer
        name = f"{symbol.replace('/', '-')}-minh-hoa.txt"
        source = receive_evidence(by=by, verb=Verb.KEEP_DOCUMENTS, data=text.encode(), name=name)
        version = add_version(
            by=by,
            document=self.document,
            effective_on=self.story.diary.day,
            amended_by=amended_by,
            source=source,
        )
        keep_points(by=by, version=version, points=located(outline(text), source.text))
        return version

    def _newest(self) -> DocumentVersion:
        newest = self.document.versions.last()
        assert newest is not None
        return newest
