"""Carrying the differences out: all of them through the actions in one transaction, or none."""

import hashlib

from django.db import transaction
from django.utils.translation import gettext as _

from thongsuot.audit.actions import record
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.oversight.enums import Acts
from thongsuot.oversight.importing.comparing import Comparison, compare
from thongsuot.oversight.importing.files import read_set
from thongsuot.oversight.models import Campaign
from thongsuot.oversight.policies import may
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate


@transaction.atomic
def apply_set(*, by: Mandate, campaign: Campaign, data: bytes, name: str, seen: str = "") -> Comparison:
    """`seen` is what a person agreed to (Comparison.seen); a file that changes nothing leaves no trace."""
    require(may(by, Verb.MANAGE_CAMPAIGNS, campaign))
    campaign = (
        Campaign.objects.select_for_update(of=("self",)).select_related("unit", "plan").get(pk=campaign.pk)
    )
    found = compare(campaign, read_set(data, name))
    if found.problems:
        raise Refused(_("Tệp còn %(count)d lỗi. Sửa tệp rồi tải lại.") % {"count": len(found.problems)})
    if seen and seen != found.seen:
        raise Refused(_("Sổ vừa thay đổi từ khi xem trước. Xem lại các thay đổi rồi áp dụng."))
    if not found.changes:
        return found
    for change in found.changes:
        change.apply(by, campaign)
    record(
        by=by,
        verb=Acts.CAMPAIGN_IMPORTED,
        subject=campaign,
        details={"file": name, "sha256": hashlib.sha256(data).hexdigest(), "changes": len(found.changes)},
    )
    return found
