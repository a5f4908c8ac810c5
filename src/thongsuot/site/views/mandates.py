"""One mandate: its extent, its end, the units it covers; and the roles left at an ended unit."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from thongsuot.audit.history import moments
from thongsuot.lawbook.topics import topic_name
from thongsuot.site.actions import change_address
from thongsuot.site.forms import AddressForm, CarryOverForm, CoversForm, EndForm
from thongsuot.site.views.administration import mandates_within
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.actions import carry_over, cover_units, end_mandate
from thongsuot.units.enums import Reach, Verb
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.policies import reach
from thongsuot.web.editing import show_form, tried
from thongsuot.web.toasts import done


@needs(Verb.MANAGE_MANDATES)
def mandate(request: MandatedRequest, pk: int) -> HttpResponse:
    held = get_object_or_404(mandates_within(request.mandate), pk=pk)
    return _mandate_page(request, held, EndForm(), CoversForm(request.mandate, held))


@needs(Verb.MANAGE_MANDATES)
@require_POST
def address(request: MandatedRequest, pk: int) -> HttpResponse:
    held = get_object_or_404(mandates_within(request.mandate), pk=pk)
    form = AddressForm(request.POST)

    def act() -> bool:
        change_address(by=request.mandate, mandate=held, email=form.cleaned_data["email"])
        return True

    if tried(form, act):
        done(request, _("Đã đổi địa chỉ thư điện tử."))
        return redirect("administration:mandate", pk)
    return _mandate_page(request, held, EndForm(), CoversForm(request.mandate, held), form)


@needs(Verb.MANAGE_MANDATES)
@require_POST
def end(request: MandatedRequest, pk: int) -> HttpResponse:
    held = get_object_or_404(mandates_within(request.mandate), pk=pk)
    form = EndForm(request.POST)

    def act() -> bool:
        end_mandate(by=request.mandate, mandate=held, on=form.cleaned_data["on"])
        return True

    if tried(form, act):
        done(request, _("Đã kết thúc vai trò."))
        return redirect("administration:mandate", pk)
    return _mandate_page(request, held, form, CoversForm(request.mandate, held))


@needs(Verb.MANAGE_MANDATES)
@require_POST
def cover(request: MandatedRequest, pk: int) -> HttpResponse:
    held = get_object_or_404(mandates_within(request.mandate), pk=pk)
    form = CoversForm(request.mandate, held, request.POST)

    def act() -> bool:
        said = form.cleaned_data
        cover_units(by=request.mandate, mandate=held, units=said["covers"], seen=said["seen"])
        return True

    if tried(form, act):
        done(request, _("Đã phân công phụ trách."))
        return redirect("administration:mandate", pk)
    return _mandate_page(request, held, EndForm(), form)


def _mandate_page(
    request: MandatedRequest,
    held: Mandate,
    ending: EndForm,
    covering: CoversForm,
    addressed: AddressForm | None = None,
) -> HttpResponse:
    language = get_language() or "vi"
    context = {
        "addressed": addressed or AddressForm(initial={"email": held.user.email}),
        "held": held,
        "fields": [topic_name(code, language) for code in held.fields],
        "deputies": held.deputies.select_related("user").order_by("-valid_from", "pk"),
        "assigns": held.role.reach == Reach.COVERED and not held.deputy_of_id,
        "holds": not held.valid_to or held.valid_to > timezone.localdate(),
        "ending": ending,
        "covering": covering,
        "history": moments(held),
        "crumbs": [
            (_("Quản trị"), reverse("administration:home")),
            (str(held.user), reverse("administration:account", args=[held.user_id])),
            (held.role_name, ""),
        ],
    }
    return show_form(request, "site/mandate.html", context)


@needs(Verb.MANAGE_MANDATES)
def carry(request: MandatedRequest, pk: int) -> HttpResponse:
    """The roles still held at an ended unit, taken to what came of it in one act."""
    unit = get_object_or_404(Unit.objects.filter(reach(request.mandate, "")), pk=pk, valid_to__isnull=False)
    form = CarryOverForm(unit, request.POST or None)

    def act() -> list[Mandate]:
        return carry_over(by=request.mandate, **form.cleaned_data)

    if request.method == "POST" and (carried := tried(form, act)):
        done(
            request,
            _("Đã chuyển %(count)d vai trò sang %(unit)s.")
            % {"count": len(carried), "unit": carried[0].unit},
        )
        return redirect("administration:home")
    context = {
        "unit": unit,
        "form": form,
        "count": form.fields["mandates"].queryset.count(),  # type: ignore[attr-defined]
        "crumbs": [(_("Quản trị"), reverse("administration:home")), (unit.title, "")],
    }
    return show_form(request, "site/carry_over.html", context)
