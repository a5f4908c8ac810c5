"""Who may sign in, in which role; the list, new accounts and mandates, and the matrix of rights."""

from collections.abc import Callable

from django.db.models import Count, QuerySet
from django.forms import Form
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from thongsuot.accounts.models import User
from thongsuot.site.actions import open_account_with_mandate
from thongsuot.site.filters import MandateFilter
from thongsuot.site.forms import AccountForm, MandateForm
from thongsuot.site.tables import MandateTable
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.actions import grant_mandate
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.policies import reach
from thongsuot.units.queries import holding_on, mandates_left_at
from thongsuot.web.editing import show_form, tried
from thongsuot.web.lists import list_page
from thongsuot.web.toasts import done


def mandates_within(by: Mandate) -> QuerySet[Mandate]:
    return Mandate.objects.filter(reach(by)).select_related("user", "unit", "body", "deputy_of__user")


@needs(Verb.MANAGE_MANDATES)
def home(request: MandatedRequest) -> HttpResponseBase:
    mandates = mandates_within(request.mandate).annotate(covered=Count("covers"))
    today = timezone.localdate()
    in_force = Mandate.objects.filter(reach(request.mandate), holding_on(today))
    people = in_force.aggregate(people=Count("user", distinct=True), mandates=Count("pk"))
    return list_page(
        request,
        table_class=MandateTable,
        filterset=MandateFilter(
            request.GET, queryset=mandates.order_by("user__full_name", "pk"), request=request
        ),
        template="site/administration.html",
        context={
            "in_force": people,
            "left_behind": _left_behind(request.mandate),
            "crumbs": [(_("Quản trị"), "")],
        },
        file_name="vai-tro",
    )


def _left_behind(by: Mandate) -> QuerySet[Unit]:
    """Ended units where somebody still holds a role."""
    today = timezone.localdate()
    ended = Unit.objects.filter(reach(by, ""), valid_to__lte=today)
    left = mandates_left_at(ended, today).order_by().values("unit")
    return Unit.objects.filter(pk__in=left).order_by("name", "pk")


@needs(Verb.MANAGE_MANDATES)
def open_account(request: MandatedRequest) -> HttpResponse:
    form = AccountForm(request.mandate, request.POST or None)

    def act() -> Mandate:
        return open_account_with_mandate(by=request.mandate, **form.opened(), **form.granted())

    return _filled_in(request, _("Mở tài khoản"), form, act, _("Đã mở tài khoản và giao vai trò."))


@needs(Verb.MANAGE_MANDATES)
def grant(request: MandatedRequest) -> HttpResponse:
    asked = {"username": request.GET.get("username", "")}
    form = MandateForm(request.mandate, request.POST or None, initial=asked)

    def act() -> Mandate:
        user = User.objects.get(username=form.cleaned_data["username"])
        return grant_mandate(by=request.mandate, user=user, **form.granted())

    return _filled_in(request, _("Giao thêm vai trò"), form, act, _("Đã giao vai trò."))


def _filled_in(
    request: MandatedRequest, title: str | Promise, form: Form, act: Callable[[], Mandate], said: str
) -> HttpResponse:
    if request.method == "POST" and (held := tried(form, act)):
        done(request, said)
        return redirect("administration:mandate", held.pk)
    crumbs = [(_("Quản trị"), reverse("administration:home")), (str(title), "")]
    return show_form(
        request,
        "site/administration_form.html",
        {"form": form, "title": title, "crumbs": crumbs},
    )
