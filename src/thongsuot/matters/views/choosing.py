"""One proposal or many, as an act is prepared for them: which, of how many units, and whether the act may be done."""

from dataclasses import dataclass
from functools import cached_property

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from thongsuot.matters.models import Matter
from thongsuot.matters.queries import chosen_proposals, proposals, unit_count
from thongsuot.units.access import MandatedRequest

MOST = 500
SHOWN = 10


@dataclass(frozen=True)
class Chosen:
    """`keys` travels through forms as one hidden field."""

    matters: list[Matter]
    units: int

    @cached_property
    def keys(self) -> str:
        return ",".join(str(matter.pk) for matter in self.matters)

    @property
    def shown(self) -> list[Matter]:
        return self.matters[:SHOWN]

    @property
    def more(self) -> int:
        return max(0, len(self.matters) - SHOWN)


def chosen_by(request: MandatedRequest, keys: str) -> Chosen:
    """Those of these keys that the mandate sees, in the order of their numbers."""
    rows = chosen_proposals(request.mandate, keys.split(",")[:MOST])
    seen = proposals(request.mandate).filter(pk__in=rows.values("pk")).order_by("number")
    return Chosen(list(seen), unit_count(rows))


def nothing_chosen(request: MandatedRequest) -> HttpResponse:
    """Back to the list; the same for what does not exist and for what is out of reach."""
    messages.error(request, _("Chưa chọn kiến nghị nào. Chọn ít nhất một dòng trong danh sách."))
    return redirect("matters:proposals")
