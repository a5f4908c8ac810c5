"""Role x verb x place x field of work: what the apps' policies say against a table written by hand (rights.yaml).

One city with two wards and two departments, and a ward of another province. Every role is held once: at the city, at
the first department, at the first ward, or covering the first ward. A record stands at each place; a right that hangs
on a field of work must vanish outside it.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db.models import Model

from tests import people
from tests.conftest import Rows
from tests.factories.documents import DocumentFactory
from tests.factories.indicators import FigureFactory
from tests.factories.matters import OriginFactory, ProposalFactory
from tests.factories.oversight import MeetingFactory
from tests.factories.sources import CitationFactory, SourceFactory
from tests.factories.staffing import FrameFactory
from tests.units.places import city, ward
from thongsuot.documents import policies as documents
from thongsuot.indicators import policies as indicators
from thongsuot.intake import policies as intake
from thongsuot.intake.models import Draft
from thongsuot.lawbook.roles import roles
from thongsuot.matters import policies as matters
from thongsuot.matters.models import Matter
from thongsuot.oversight import policies as oversight
from thongsuot.sources import policies as sources
from thongsuot.staffing import policies as staffing
from thongsuot.units import policies as units
from thongsuot.units.enums import Verb
from thongsuot.units.models import Body, Mandate, Unit

pytestmark = pytest.mark.django_db

TABLE: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_name("rights.yaml").read_text("utf-8"))
INSIDE, OUTSIDE = "budget", "allowance"
POLICIES: Mapping[str, Callable[..., Any]] = {
    "unit": units.may,
    "matter": matters.may,
    "source": sources.may,
    "meeting": oversight.may,
    "draft": intake.may,
    "document": documents.may,
    "figure": indicators.may,
    "frame": staffing.may,
}


class World:
    """Only looked at: it is made once for all tests, with whoever holds each role and every record they ask about."""

    def __init__(self) -> None:
        self.city = city()
        self.ward, self.sibling = ward(self.city, "Một", "27001"), ward(self.city, "Hai", "27002")
        self.away = ward(city("92", "Cần Thơ"), "Xa", "31100")
        self.body = people.department(self.city)
        self.other_body = people.department(self.city, "Sở Tài chính")
        self.holders = {role: self._holder(role) for role in sorted(TABLE["held"])}
        self.records = {
            (kind, topic): {place: self._record(kind, place, topic) for place in places_of(kind)}
            for kind, topic in [*((kind, INSIDE) for kind in sorted(POLICIES)), ("matter", OUTSIDE)]
        }

    def place(self, name: str) -> tuple[Unit, Body | None]:
        at = getattr(self, name)
        return (at.unit, at) if isinstance(at, Body) else (at, None)

    def _holder(self, role: str) -> Mandate:
        entry = TABLE["held"][role]
        unit, body = self.place(entry["at"])
        covers = [self.ward] if entry.get("covers") else []
        fields = [INSIDE] if role in TABLE["limited_to_fields"] else []
        return people.holder(role, role, unit, covers=covers, body=body, fields=fields)

    def _record(self, kind: str, place: str, topic: str) -> Model:
        if kind == "matter":
            return self._matter(place, topic)
        return getattr(self, f"_{kind}")(getattr(self, place))  # type: ignore[no-any-return]

    def _unit(self, unit: Unit) -> Unit:
        return unit

    def _matter(self, place: str, topic: str) -> Matter:
        """Asked by, given by, in the hands of; in the hands of a department means with the city, too."""
        where, _, how = place.partition("_")
        unit, body = self.place(place if place.endswith("body") else where)
        asking = self.sibling if body else unit
        matter: Matter = ProposalFactory(
            unit=asking,
            origin=OriginFactory(units=[asking]),
            topic=topic,
            issuer=self.city if how == "task" else asking,
            holder=self.city if how == "asked" else unit,
            body=body,
        )
        if body:
            matter.bodies.create(body=body, part="holder")
        return matter

    def _source(self, unit: Unit) -> Model:
        return SourceFactory(received_at_unit=unit)  # type: ignore[no-any-return]

    def _meeting(self, unit: Unit) -> Model:
        return MeetingFactory(units=[unit])  # type: ignore[no-any-return]

    def _draft(self, unit: Unit) -> Model:
        source = SourceFactory(received_at_unit=unit)
        draft = Draft.objects.create(source=source, unit=unit, data={}, created_by="Lan")
        draft.concerns.set([unit])
        return draft

    def _document(self, unit: Unit) -> Model:
        return DocumentFactory(unit=unit, keeper=unit)  # type: ignore[no-any-return]

    def _figure(self, unit: Unit) -> Model:
        return FigureFactory(unit=unit, citation=CitationFactory(source__received_at_unit=unit))  # type: ignore[no-any-return]

    def _frame(self, unit: Unit) -> Model:
        return FrameFactory(unit=unit)  # type: ignore[no-any-return]


def places_of(kind: str) -> list[str]:
    return list(TABLE["matter_places"] if kind == "matter" else TABLE["places"])


@pytest.fixture(scope="module")
def world(module_rows: Rows) -> World:
    with module_rows():
        return World()


def allowed(world: World, kind: str, mandate: Mandate, topic: str) -> dict[str, list[str]]:
    """Verb -> the places where the policies allow it, for every verb of the kind."""
    records, may = world.records[kind, topic], POLICIES[kind]
    return {
        verb: [place for place, record in records.items() if may(mandate, Verb(verb), record)]
        for verb in TABLE["kinds"][kind]["verbs"]
    }


def expected(kind: str, role: str) -> dict[str, list[str]]:
    cells = TABLE["kinds"][kind]["roles"].get(role, {})
    return {verb: cells.get(verb, "").split() for verb in TABLE["kinds"][kind]["verbs"]}


@pytest.mark.parametrize("role", sorted(roles()))
@pytest.mark.parametrize("kind", sorted(POLICIES))
def test_inside_the_field_of_work(world: World, kind: str, role: str) -> None:
    assert allowed(world, kind, world.holders[role], INSIDE) == expected(kind, role)


@pytest.mark.parametrize("role", sorted(roles()))
def test_outside_the_field_of_work(world: World, role: str) -> None:
    """A limited mandate loses every right on a matter of another field; an unlimited one none."""
    cells = expected("matter", role)
    if role in TABLE["limited_to_fields"]:
        by_paper = {"confirm", "undo"}  # a paper is confirmed and taken back whole, whatever it is about
        cells = {verb: places if verb in by_paper else [] for verb, places in cells.items()}
    assert allowed(world, "matter", world.holders[role], OUTSIDE) == cells


def test_the_table_is_whole() -> None:
    """Every role, every verb and no other; a right on nothing in hand is the role's verb alone."""
    assert set(TABLE["held"]) == set(roles())
    assert {*TABLE["kinds"]["matter"]["verbs"]} == {*TABLE["kinds"]["unit"]["verbs"]} == {*Verb.values}
    for kind in TABLE["kinds"].values():
        assert set(kind["roles"]) <= set(roles())
        for cells in kind["roles"].values():
            assert set(cells) <= set(kind["verbs"])


@pytest.mark.parametrize("role", sorted(roles()))
def test_what_a_role_may_do_at_all(world: World, role: str) -> None:
    mandate = world.holders[role]
    assert {verb for verb in Verb.values if mandate.allows(verb)} == set(TABLE["held"][role]["may"].split())


@pytest.mark.parametrize("role", sorted(roles()))
def test_which_roles_may_be_limited_to_fields(role: str) -> None:
    assert roles()[role].by_field == (role in TABLE["limited_to_fields"])
