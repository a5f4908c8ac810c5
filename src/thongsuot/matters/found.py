"""Proposals and tasks as the search knows them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import partial

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from thongsuot.finding import actions as finding
from thongsuot.finding.kinds import Content, Kind, list_with_words, page_by_code, register_kind
from thongsuot.matters.enums import Direction
from thongsuot.matters.models import Matter, MatterUnit
from thongsuot.matters.policies import scope
from thongsuot.units.enums import Reach
from thongsuot.units.models import Mandate
from thongsuot.units.policies import bounds, bounds_of

KINDS = {Direction.UP: "proposal", Direction.DOWN: "task"}


def index_matters(matters: Iterable[Matter]) -> None:
    """Whenever their words changed, or from where they are seen."""
    keys = defaultdict(list)
    for matter in matters:
        keys[_kind(matter)].append(matter.pk)
    for kind, of_kind in keys.items():
        finding.index_many(kind, of_kind)


def forget_matter(matter: Matter) -> None:
    finding.forget(_kind(matter), matter.pk)


def _kind(matter: Matter) -> str:
    return KINDS[Direction(matter.direction)]


def _content(matter: Matter) -> Content:
    units = {place.unit: place.named for place in matter.matterunit_set.all()}
    bodies = [f"body{place.body_id}" for place in matter.bodies.all()]
    lies_in = [f"in{matter.province_id}"] if matter.province_id else []
    named = sorted(str(unit) for unit, named in units.items() if named)
    return Content(
        text=matter.text,
        note=" · ".join(
            part for part in (matter.number, ", ".join(named), f"{matter.raised_on:%d-%m-%Y}") if part
        ),
        also=f"{matter.speaker}\n{matter.addressee}",
        code=matter.number,
        day=matter.raised_on,
        bounds={*bounds_of(units), *lies_in, *bodies, f"topic {matter.topic}"},
    )


def _bounds(mandate: Mandate) -> Sequence[Collection[object]]:
    place = bounds(mandate)
    if place and mandate.role.reach == Reach.BODY:
        place = {f"body{mandate.body_id}"}
    return [place, {f"topic {field}" for field in mandate.fields}] if mandate.fields else [place]


def _rows(direction: Direction) -> QuerySet[Matter]:
    rows = Matter.objects.filter(direction=direction)
    places = Prefetch("matterunit_set", MatterUnit.objects.select_related("unit"))
    return rows.prefetch_related(places, "bodies")


def _seen(direction: Direction, mandate: Mandate) -> QuerySet[Matter]:
    return Matter.objects.filter(scope(mandate), direction=direction)


def show() -> None:
    shown = (
        (Direction.UP, _("Kiến nghị"), "arrow-up", "matters:proposals", 40),
        (Direction.DOWN, _("Nhiệm vụ"), "arrow-down", "matters:tasks", 41),
    )
    for direction, label, icon, list_name, order in shown:
        register_kind(
            Kind(
                code=KINDS[direction],
                label=label,
                icon=icon,
                rows=partial(_rows, direction),
                content=_content,
                scope=partial(_seen, direction),
                bounds=_bounds,
                url=page_by_code("matters:page"),
                list_url=list_with_words(list_name),
                order=order,
                titled=False,
            )
        )
