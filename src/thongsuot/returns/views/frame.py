"""What the pages of returns share."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from thongsuot.returns.models import Return, Round
from thongsuot.returns.policies import round_scope
from thongsuot.returns.queries.papers import visible_returns
from thongsuot.units.access import MandatedRequest
from thongsuot.units.enums import Verb

Crumbs = list[tuple[str, str]]


def crumbs(*more: tuple[str, str]) -> Crumbs:
    return [(pgettext("returns", "Báo cáo"), reverse("returns:rounds")), *more]


def return_tabs(request: MandatedRequest, active: str) -> list[dict[str, Any]]:
    tabs = [
        ("rounds", _("Kỳ báo cáo"), "calendar-event", True),
        ("board", _("Tiến độ các đơn vị"), "layout-grid", True),
        ("templates", _("Mẫu báo cáo"), "template", True),
        ("workbooks", _("Nạp từ Excel"), "file-import", may_send(request)),
    ]
    return [
        {"label": label, "url": reverse(f"returns:{name}"), "icon": icon, "active": name == active}
        for name, label, icon, shown in tabs
        if shown
    ]


def may_send(request: MandatedRequest) -> bool:
    return request.mandate.allows(Verb.REPORT) or request.mandate.allows(Verb.ACCEPT_RETURN)


def found_round(request: MandatedRequest, pk: int) -> Round:
    rows = Round.objects.filter(round_scope(request.mandate)).select_related(
        "template__issuer", "period", "unit"
    )
    return get_object_or_404(rows, pk=pk)


def found_return(request: MandatedRequest, pk: int) -> Return:
    row = visible_returns(request.mandate).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row
