"""Accounts and mandates: who may sign in, in which role, at which unit, for how long."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.forms import Form
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from thongsuot.accounts.models import User
from thongsuot.audit.history import moments
from thongsuot.lawbook.roles import roles
from thongsuot.site.actions import change_address, open_account_with_mandate
from thongsuot.site.forms import AccountForm, AddressForm, CoversForm, EndForm, MandateFilter, MandateForm
from thongsuot.site.tables import MandateTable
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.actions import cover_units, end_mandate, grant_mandate
from thongsuot.units.enums import Reach, Verb
from thongsuot.units.models import Mandate
from thongsuot.units.policies import reach
from thongsuot.units.queries import holding_on
from thongsuot.web.editing import tried
from thongsuot.web.lists import list_page
from thongsuot.web.toasts import done


def mandates_within(by: Mandate) -> QuerySet[Mandate]:
    return Mandate.objects.filter(reach(by)).select_related("user", "unit")


@needs(Verb.MANAGE_MANDATES)
def home(request: MandatedRequest) -> HttpResponseBase:
    mandates = mandates_within(request.mandate).annotate(covered=Count("covers"))
    in_force = mandates_within(request.mandate).filter(holding_on(timezone.localdate()))
    people = in_force.aggregate(people=Count("user", distinct=True), mandates=Count("pk"))
    return list_page(
        request,
        table_class=MandateTable,
        filterset=MandateFilter(
            request.GET, queryset=mandates.order_by("user__full_name", "pk"), request=request
        ),
        template="site/administration.html",
        context={"in_force": people, "crumbs": [(_("Quản trị"), "")]},
        file_name="vai-tro",
    )


@needs(Verb.MANAGE_MANDATES)
def open_account(request: MandatedRequest) -> HttpResponse:
    form = AccountForm(request.mandate, request.POST or None)

    def act() -> Mandate:
        return open_account_with_mandate(by=request.mandate, **form.opened(), **form.granted())

    return _filled_in(request, _("Mở tài khoản"), form, act, _("Đã mở tài khoản và giao vai trò."))


@needs(Verb.MANAGE_MANDATES)
def grant(request: MandatedRequest) -> HttpResponse:
    form = MandateForm(request.mandate, request.POST or None)

    def act() -> Mandate:
        user = User.objects.get(username=form.cleaned_data["username"])
        return grant_mandate(by=request.mandate, user=user, **form.granted())

    return _filled_in(request, _("Giao thêm vai trò"), form, act, _("Đã giao vai trò."))


def _filled_in(
    request: MandatedRequest, title: str | Promise, form: Form, act: Callable[[], Mandate], said: str
) -> HttpResponse:
    if request.method == "POST" and tried(form, act):
        done(request, said)
        return redirect("administration:home")
    crumbs = [(_("Quản trị"), reverse("administration:home")), (str(title), "")]
    status = 422 if request.method == "POST" else 200
    return render(
        request,
        "site/administration_form.html",
        {"form": form, "title": title, "crumbs": crumbs},
        status=status,
    )


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
    return _mandate_page(request, held, EndForm(), CoversForm(request.mandate, held), form, status=422)


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
    return _mandate_page(request, held, form, CoversForm(request.mandate, held), status=422)


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
    return _mandate_page(request, held, EndForm(), form, status=422)


def _mandate_page(
    request: MandatedRequest,
    held: Mandate,
    ending: EndForm,
    covering: CoversForm,
    addressed: AddressForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "addressed": addressed or AddressForm(initial={"email": held.user.email}),
        "held": held,
        "covers": list(held.covers.all()) if held.role.reach == Reach.COVERED else None,
        "ending": ending,
        "covering": covering,
        "history": moments(held),
        "crumbs": [(_("Quản trị"), reverse("administration:home")), (str(held.user), "")],
    }
    return render(request, "site/mandate.html", context, status=status)


@dataclass(frozen=True, slots=True)
class RoleRow:
    name: str
    description: str
    reach: str
    allowed: list[bool]


@needs(Verb.MANAGE_MANDATES)
def rights(request: MandatedRequest) -> HttpResponse:
    """Which role may do what: the lawbook's matrix as it stands."""
    language = get_language() or "vi"
    rows = [
        RoleRow(
            name=role.name.get(language, role.name["vi"]),
            description=role.description.get(language, role.description["vi"]),
            reach=str(Reach(role.reach).label),
            allowed=[verb in role.verbs for verb in Verb.values],
        )
        for role in roles().values()
    ]
    crumbs = [(_("Quản trị"), reverse("administration:home")), (_("Vai trò và quyền"), "")]
    return render(request, "site/rights.html", {"rows": rows, "verbs": Verb.labels, "crumbs": crumbs})
