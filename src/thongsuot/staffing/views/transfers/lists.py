"""Transfer files of all units, and those that come to and go from one."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from thongsuot.staffing.actions import transfers as acts
from thongsuot.staffing.enums import OPEN_TRANSFERS, TransferState
from thongsuot.staffing.models import Transfer
from thongsuot.staffing.policies import may
from thongsuot.staffing.queries.transfers import Ball, ball_of, counts_of, visible_transfers, with_ball
from thongsuot.staffing.tables.transfers import ChoosingTransferTable, TransferFilter, TransferTable
from thongsuot.staffing.views.transfers.together import bulk_actions
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb
from thongsuot.units.models import Unit
from thongsuot.web.lists import list_page

NEWEST = 50


@needs(Verb.READ_STAFF)
def transfers(request: MandatedRequest) -> HttpResponse:
    by, today = request.mandate, timezone.localdate()
    everything = visible_transfers(by)
    context = {
        "crumbs": [(by.unit.title, ""), (pgettext("several", "Hồ sơ điều động"), "")],
        "counts": counts_of(everything.select_related(None), today),
        "may_open": bool(may(by, Verb.KEEP_STAFF)),
        "own": by.unit if by.unit.parent_id else None,
    }
    bulk = bulk_actions(by)
    return list_page(
        request,
        table_class=ChoosingTransferTable if bulk else TransferTable,
        filterset=TransferFilter(request.GET, queryset=with_ball(everything, by), request=request),
        template="staffing/transfer_list.html",
        context=context,
        file_name="ho-so-dieu-dong",
        bulk_url=reverse("staffing:transfers-chosen") if bulk else "",
        bulk_actions=bulk,
        on_export=lambda count: acts.note_export(by=by, transfers=count),
    )


@dataclass(frozen=True, slots=True)
class Row:
    transfer: Transfer
    ball: Ball | None


@dataclass(frozen=True, slots=True)
class UnitTransfers:
    """What comes and what goes; the newest, open ones first."""

    unit: Unit
    coming: Sequence[Row]
    going: Sequence[Row]
    within: Sequence[Row]


@needs(Verb.READ_STAFF)
def unit_transfers(request: MandatedRequest, pk: int) -> HttpResponse:
    unit = get_object_or_404(Unit.objects.select_related("parent"), pk=pk)
    if not may(request.mandate, Verb.READ_STAFF, unit):
        raise Http404
    page = _of_unit(request, unit)
    crumbs = [
        (unit.title, reverse("units:page", args=[unit.pk])),
        (pgettext("several", "Hồ sơ điều động"), reverse("staffing:transfers")),
        (_("Đến và đi"), ""),
    ]
    return render(request, "staffing/transfer_unit.html", {"page": page, "crumbs": crumbs})


def _of_unit(request: MandatedRequest, unit: Unit) -> UnitTransfers:
    today = timezone.localdate()
    rows = with_ball(visible_transfers(request.mandate), request.mandate)
    mine = (rows.filter(from_unit=unit) | rows.filter(to_unit=unit)).order_by("-opened_on", "-pk")[:NEWEST]
    found = sorted(
        (Row(one, ball_of(one, today)) for one in mine), key=lambda row: row.transfer.state not in _GOING_ON
    )
    return UnitTransfers(
        unit,
        coming=[row for row in found if row.transfer.from_unit_id != unit.pk],
        going=[row for row in found if row.transfer.to_unit_id != unit.pk],
        within=[row for row in found if row.transfer.from_unit_id == row.transfer.to_unit_id],
    )


_GOING_ON = (*OPEN_TRANSFERS, TransferState.IN_EFFECT)
