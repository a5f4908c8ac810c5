"""All files of one chain, one after another: what each waits for, and one decision for those that are ready."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.staffing.enums import TransferState
from thongsuot.staffing.forms.transfers import DecideForm
from thongsuot.staffing.models import Transfer
from thongsuot.staffing.policies import may_decide
from thongsuot.staffing.queries.transfers import (
    STATE_TONES,
    Ball,
    ball_of,
    visible_transfers,
    waited_for,
    with_ball,
)
from thongsuot.staffing.views.transfers.deeds import decided, decided_words, each_told
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb
from thongsuot.web.editing import show_form, tried
from thongsuot.web.flow import Edge, Node
from thongsuot.web.toasts import done


@dataclass(frozen=True, slots=True)
class Link:
    """One file of the chain; `blockers`: the files by which its place becomes free, None where it is free."""

    transfer: Transfer
    ball: Ball | None
    blockers: Sequence[Transfer] | None
    look: tuple[str, str]


@dataclass(frozen=True, slots=True)
class ChainPage:
    links: Sequence[Link]
    nodes: Sequence[Node]
    edges: Sequence[Edge]
    ready: Sequence[Transfer]

    @property
    def late(self) -> int:
        return sum(bool(link.ball and link.ball.late) for link in self.links)


@needs(Verb.READ_STAFF)
def transfer_chain(request: MandatedRequest, plan: int, number: int) -> HttpResponse:
    page = _page(request, plan, number)
    form = DecideForm(page.ready, request.POST or None, auto_id="decide_%s")
    act = partial(decided, request.mandate, page.ready, form)
    here = reverse("staffing:transfer-chain", args=[plan, number])
    if request.method == "POST" and (files := tried(form, each_told(act))):
        done(request, decided_words(len(files)))
        return redirect(here)
    listed = reverse("staffing:transfers")
    crumbs = [
        (request.mandate.unit.title, ""),
        (_("Hồ sơ điều động"), f"{listed}?plan={plan}"),
        (_("Chuỗi %(number)d") % {"number": number}, ""),
    ]
    context = {"page": page, "form": form, "number": number, "plan": plan, "here": here, "crumbs": crumbs}
    return show_form(request, "staffing/transfer_chain.html", context)


def _page(request: MandatedRequest, plan: int, number: int) -> ChainPage:
    today = timezone.localdate()
    rows = with_ball(visible_transfers(request.mandate), request.mandate)
    files = _in_order(list(rows.filter(move__plan=plan, move__chain=number).order_by("pk")))
    if not files:
        raise Http404
    blockers = waited_for(files, today)
    links = [
        Link(
            one,
            ball_of(one, today),
            _nearest(blockers.get(one.pk), files),
            STATE_TONES[TransferState(one.state)],
        )
        for one in files
    ]
    ready = [one for one in files if one.state == TransferState.AGREED and may_decide(request.mandate, one)]
    return ChainPage(links, [_node(link) for link in links], list(_edges(links, blockers)), ready)


def _nearest(blockers: Sequence[Transfer] | None, files: Sequence[Transfer]) -> Sequence[Transfer] | None:
    """Of all who might make room, those of the chain itself; others only where none of them does."""
    return [one for one in blockers or () if one in files] or blockers


def _in_order(files: list[Transfer]) -> list[Transfer]:
    """Whoever must go first stands first: the last move of the chain is onto a place that is free."""
    onto = {(one.to_unit_id, one.to_position_id): one for one in files}
    behind = {(one.from_unit_id, one.from_position_id): one for one in files}
    ordered: list[Transfer] = []
    firsts = [one for one in files if (one.to_unit_id, one.to_position_id) not in behind]
    for start in [*firsts, *files]:
        one: Transfer | None = start
        while one is not None and one not in ordered:
            ordered.append(one)
            one = onto.get((one.from_unit_id, one.from_position_id))
    return ordered


def _node(link: Link) -> Node:
    one = link.transfer
    return Node(
        key=str(one.pk),
        kind=one.number,
        icon="user-share",
        title=f"{one.from_unit} → {one.to_unit}",
        facts=one.shown,  # type: ignore[attr-defined]
        state=str(one.get_state_display()),
        tone="late" if link.ball and link.ball.late else link.look[0],
        url=one.get_absolute_url(),
    )


def _edges(links: Sequence[Link], blockers: Mapping[int, Sequence[Transfer]]) -> Sequence[Edge]:
    """From who makes the place free to who takes it."""
    onto = {(link.transfer.to_unit_id, link.transfer.to_position_id): link.transfer for link in links}
    return [
        Edge(str(link.transfer.pk), str(after.pk))
        for link in links
        if (after := onto.get((link.transfer.from_unit_id, link.transfer.from_position_id)))
    ]
