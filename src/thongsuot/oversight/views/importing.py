"""A whole campaign from a file: looked at as differences first, carried out when a person agrees."""

import base64
import binascii
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from thongsuot.kernel.verdicts import Refused
from thongsuot.oversight.importing import MAX_BYTES, Comparison, apply_set, compare, read_set, sample_workbook
from thongsuot.oversight.models import Campaign
from thongsuot.oversight.policies import may
from thongsuot.oversight.views.boards import found_campaign
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb
from thongsuot.web import excel
from thongsuot.web.downloads import download
from thongsuot.web.toasts import done


@dataclass(frozen=True, slots=True)
class Sent:
    """The file as it was sent, kept in the session until it is carried out or another one is sent."""

    name: str
    data: bytes


@needs(Verb.MANAGE_CAMPAIGNS)
def import_set(request: MandatedRequest, pk: int) -> HttpResponse:
    campaign = _campaign(request, pk)
    if request.method == "POST":
        file = request.FILES.get("file")
        if file is None:
            messages.error(request, _("Chưa chọn tệp nào. Chọn tệp .xlsx hoặc .yaml rồi bấm Xem trước."))
        elif (file.size or 0) > MAX_BYTES:
            messages.error(request, _("Tệp lớn hơn 1 MB. Bỏ bớt trang tính, hình ảnh không cần."))
        else:
            _keep(request, campaign, Sent(file.name or "", file.read()))
        return redirect("oversight:import", pk=pk)
    sent = _kept(request, campaign)
    found = compare(campaign, read_set(sent.data, sent.name)) if sent else None
    return _page(request, campaign, sent, found)


@needs(Verb.MANAGE_CAMPAIGNS)
@require_POST
def apply_import(request: MandatedRequest, pk: int) -> HttpResponse:
    campaign = _campaign(request, pk)
    sent = _kept(request, campaign)
    if sent is None:
        messages.error(request, _("Không còn tệp xem trước. Tải tệp lên lại."))
        return redirect("oversight:import", pk=pk)
    try:
        applied = apply_set(
            by=request.mandate,
            campaign=campaign,
            data=sent.data,
            name=sent.name,
            seen=request.POST.get("seen", ""),
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("oversight:import", pk=pk)
    request.session.pop(_key(campaign), None)
    done(request, _("Đã áp dụng %(count)d thay đổi từ tệp.") % {"count": len(applied.changes)})
    return redirect(campaign)


@needs(Verb.MANAGE_CAMPAIGNS)
@require_GET
def sample(request: MandatedRequest) -> HttpResponse:
    return download(sample_workbook(), excel.TYPE, "mau-dot-giam-sat.xlsx")


def _page(
    request: MandatedRequest, campaign: Campaign, sent: Sent | None, found: Comparison | None
) -> HttpResponse:
    crumbs = [
        (campaign.unit.title, ""),
        (_("Đợt giám sát"), reverse("oversight:campaigns")),
        (campaign.title, campaign.get_absolute_url()),
        (_("Nạp từ tệp"), ""),
    ]
    context = {"campaign": campaign, "sent": sent, "found": found, "crumbs": crumbs}
    return render(request, "oversight/campaign_import.html", {**context, "max_bytes": MAX_BYTES})


def _campaign(request: MandatedRequest, pk: int) -> Campaign:
    found = found_campaign(request, pk)
    if not may(request.mandate, Verb.MANAGE_CAMPAIGNS, found):
        raise Http404
    return found


def _key(campaign: Campaign) -> str:
    return f"campaign-import:{campaign.pk}"


def _keep(request: MandatedRequest, campaign: Campaign, sent: Sent) -> None:
    request.session[_key(campaign)] = [sent.name, base64.b64encode(sent.data).decode()]


def _kept(request: MandatedRequest, campaign: Campaign) -> Sent | None:
    try:
        name, data = request.session[_key(campaign)]
        return Sent(name, base64.b64decode(data))
    except (KeyError, ValueError, binascii.Error):
        return None
