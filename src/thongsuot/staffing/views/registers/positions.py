"""The catalogue of positions, a position with its standards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from thongsuot.audit.history import Moment, moments
from thongsuot.kernel.verdicts import Verdict
from thongsuot.lawbook.bodies import body_kinds
from thongsuot.lawbook.positions import field_name
from thongsuot.staffing import actions
from thongsuot.staffing.forms.places import PositionForm, StandardForm
from thongsuot.staffing.models import Position, PositionStandard
from thongsuot.staffing.policies import may, unit_scope
from thongsuot.staffing.queries.register import position_units
from thongsuot.staffing.tables.positions import PositionFilter, PositionTable
from thongsuot.staffing.views.registers.frame import form_page
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Reach, Verb
from thongsuot.units.models import Unit
from thongsuot.units.queries import holding_on
from thongsuot.web.lists import list_page


@dataclass(frozen=True, slots=True)
class PositionPage:
    position: Position
    field: str
    bodies: Sequence[str]
    general: PositionStandard | None
    own: Sequence[PositionStandard]
    sums: tuple[int, int, int]
    may_amend: Verdict
    own_unit: Unit | None  # where this mandate may set a standard of its own
    history: list[Moment]


@needs(Verb.READ_STAFF)
@require_GET
def positions(request: MandatedRequest) -> HttpResponse:
    rows = Position.objects.filter(holding_on(timezone.localdate()))
    return list_page(
        request,
        table_class=PositionTable,
        filterset=PositionFilter(request.GET, queryset=rows, request=request),
        template="staffing/positions.html",
        context={
            "counted": rows.filter(counted=True).count(),
            "crumbs": [(_("Nhân sự"), reverse("staffing:board")), (_("Vị trí việc làm"), "")],
        },
        file_name="vi-tri-viec-lam",
    )


@needs(Verb.READ_STAFF)
@require_GET
def position(request: MandatedRequest, pk: int) -> HttpResponse:
    found, on = _position(pk), timezone.localdate()
    standards = found.standards.filter(holding_on(on)).select_related("unit", "position")
    reached = Unit.objects.filter(unit_scope(request.mandate)).values("pk")
    kinds: Mapping[str, str] = body_kinds()
    page = PositionPage(
        position=found,
        field=field_name(found.field, get_language() or "vi"),
        bodies=[kinds.get(code, code) for code in found.bodies],
        general=standards.filter(unit=None).first(),
        own=list(standards.filter(unit__in=reached).order_by("unit__name")),
        sums=position_units(found, on),
        may_amend=may(request.mandate, Verb.PLAN_STAFF),
        own_unit=_own_unit(request),
        history=moments(found),
    )
    crumbs = [*_to_positions(), (found.code, "")]
    return render(request, "staffing/position.html", {"page": page, "crumbs": crumbs})


@needs(Verb.PLAN_STAFF)
def amend_position(request: MandatedRequest, pk: int) -> HttpResponse:
    found = _position(pk)
    form = PositionForm(found, request.POST or None)

    def act() -> Position:
        said = dict(form.cleaned_data)
        seen = said.pop("seen")
        return actions.amend_position(by=request.mandate, position=found, changes=said, seen=seen)

    return form_page(
        request,
        form,
        act,
        title=_("Sửa vị trí %(code)s") % {"code": found.code},
        said=_("Đã sửa vị trí việc làm."),
        submit=_("Lưu"),
        back=reverse("staffing:position", args=[pk]),
        crumbs=[*_to_positions(), (found.code, reverse("staffing:position", args=[pk]))],
    )


@needs(Verb.KEEP_STAFF)
def standard(request: MandatedRequest, pk: int) -> HttpResponse:
    """Of all units by whoever keeps the catalogue; else of the mandate's own unit."""
    found, on = _position(pk), timezone.localdate()
    unit = None if may(request.mandate, Verb.PLAN_STAFF) else _own_unit(request)
    if unit is None and not may(request.mandate, Verb.PLAN_STAFF):
        raise Http404
    rows = found.standards.filter(holding_on(on))
    known = rows.filter(unit=unit).first() or rows.filter(unit=None).first()
    form = StandardForm(known, request.POST or None)

    def act() -> PositionStandard:
        said = form.cleaned_data
        return actions.set_standard(
            by=request.mandate,
            position=found,
            unit=unit,
            degree=said["degree"],
            majors=form.listed,
            on=said["on"],
            basis=said["basis"],
        )

    title = _("Tiêu chuẩn chung") if unit is None else _("Tiêu chuẩn của %(unit)s") % {"unit": unit}
    return form_page(
        request,
        form,
        act,
        title=title,
        said=_("Đã ghi tiêu chuẩn."),
        submit=_("Ghi tiêu chuẩn"),
        note=_(
            "Xã, phường tự xác định ngành phù hợp; tiêu chuẩn riêng của đơn vị được dùng trước tiêu chuẩn chung."
        ),
        back=reverse("staffing:position", args=[pk]),
        crumbs=[*_to_positions(), (found.code, reverse("staffing:position", args=[pk]))],
    )


def _position(pk: int) -> Position:
    found: Position = get_object_or_404(Position, pk=pk)
    return found


def _own_unit(request: MandatedRequest) -> Unit | None:
    by = request.mandate
    own = by.role.reach == Reach.UNIT and by.allows(Verb.KEEP_STAFF)
    return by.unit if own else None


def _to_positions() -> list[tuple[str, str]]:
    return [(_("Nhân sự"), reverse("staffing:board")), (_("Vị trí việc làm"), reverse("staffing:positions"))]
