"""A chain of moves drawn: who takes whose place, ending at the place that had stood open."""

from collections.abc import Sequence
from itertools import pairwise

from django.urls import reverse
from django.utils.translation import gettext as _

from thongsuot.staffing.enums import MoveStanding
from thongsuot.staffing.models import PlanMove
from thongsuot.web.flow import Edge, Node

_TONES = {MoveStanding.ACCEPTED: "done", MoveStanding.DECLINED: "late", MoveStanding.PROPOSED: "calm"}


def drawn(
    moves: Sequence[PlanMove], names: Sequence[str], here: int | None = None
) -> tuple[list[Node], list[Edge]]:
    """`moves` in the order of their steps, the first filling the open place; drawn from the last to the first, as
    people go. `here` is the key of the move the page is about."""
    nodes: list[Node] = []
    edges: list[Edge] = []
    pairs = list(zip(moves, names, strict=True))[::-1]
    for move, name in pairs:
        nodes.append(
            Node(
                key=f"m{move.pk}",
                kind=move.from_position.brief,
                icon="arrow-right",
                title=name,
                facts=str(move.from_unit),
                state=move.get_standing_display(),
                tone=_TONES[MoveStanding(move.standing)],
                url=reverse("staffing:plan-move", args=[move.plan_id, move.pk]),
                here=move.pk == here,
            )
        )
    for (move, _name), (after, _after_name) in pairwise(pairs):
        edges.append(Edge(f"m{move.pk}", f"m{after.pk}", _km(move)))
    if moves:
        end = moves[0]
        closed = (end.to_unit_id, end.to_position_id) == (moves[-1].from_unit_id, moves[-1].from_position_id)
        nodes.append(
            Node(
                key="end",
                kind=_("Vòng khép kín") if closed else _("Chỗ đang trống"),
                icon="refresh" if closed else "armchair",
                title=end.to_position.brief,
                facts=str(end.to_unit),
                tone="plain" if closed else "due",
            )
        )
        edges.append(Edge(f"m{end.pk}", "end", _km(end)))
    return nodes, edges


def _km(move: PlanMove) -> str:
    return f"{move.km} km" if move.km else ""
