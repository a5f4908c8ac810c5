"""Which role may do what, and how far: the lawbook's matrix as it stands, open to everyone who holds a role."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from thongsuot.lawbook.roles import roles
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Reach, Tier, Verb


@dataclass(frozen=True, slots=True)
class RoleRow:
    name: str
    description: str
    reach: str
    held_at: str
    by_field: bool
    mine: bool
    allowed: list[bool]


@needs()
def rights(request: MandatedRequest) -> HttpResponse:
    mandate = request.mandate
    rows = [
        RoleRow(
            name=_in_language(role.name),
            description=_in_language(role.description),
            reach=str(Reach(role.reach).label),
            held_at=", ".join(str(Tier(tier).label) for tier in role.tiers) or _("mọi cấp"),
            by_field=role.by_field,
            mine=mandate.role_code == role.code,
            allowed=[verb in role.verbs for verb in Verb.values],
        )
        for role in roles().values()
    ]
    manages = mandate.allows(Verb.MANAGE_MANDATES)
    above = [(_("Quản trị"), reverse("administration:home"))] if manages else []
    context = {"rows": rows, "verbs": Verb.labels, "crumbs": [*above, (_("Vai trò và quyền"), "")]}
    return render(request, "site/rights.html", context)


def _in_language(words: Mapping[str, str]) -> str:
    return words.get(get_language() or "vi", words["vi"])
