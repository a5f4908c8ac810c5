"""The list of people, and a person's file."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from thongsuot.staffing.actions import look_at_locks, look_at_person
from thongsuot.staffing.forms.board import DayForm
from thongsuot.staffing.models import Holding, Person
from thongsuot.staffing.policies import may, may_name, scope
from thongsuot.staffing.queries.kept import kept_of_people
from thongsuot.staffing.queries.person import locks_of, person_page
from thongsuot.staffing.tables.people import PeopleFilter, PeopleTable
from thongsuot.staffing.tables.plans import for_eyes_of
from thongsuot.staffing.views.registers.frame import Crumbs, found_person
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb
from thongsuot.units.queries import holding_on
from thongsuot.web.lists import list_page


@needs(Verb.READ_STAFF)
@require_GET
def people(request: MandatedRequest) -> HttpResponse:
    on = DayForm(request.GET).day()
    rows = Holding.objects.filter(scope(request.mandate), holding_on(on)).select_related(
        "person", "unit", "position"
    )
    found = PeopleFilter(request.GET, on=on, queryset=rows, request=request)
    return list_page(
        request,
        table_class=for_eyes_of(PeopleTable, request.mandate),
        filterset=found,
        template="staffing/people.html",
        context={
            "named": may_name(request.mandate),
            "on": on,
            "crumbs": [(_("Nhân sự"), reverse("staffing:board"))],
        },
        file_name="nhan-su",
    )


@needs(Verb.NAME_STAFF)
@require_GET
def person(request: MandatedRequest, pk: int) -> HttpResponse:
    """Every look at a file leaves a trace, before anything of it is shown."""
    found = found_person(request, pk)
    look_at_person(by=request.mandate, person=found)
    page = person_page(request.mandate, found, timezone.localdate())
    context = {"page": page, "crumbs": [*to_people(), (found.full_name, "")]}
    return render(request, "staffing/person.html", context)


@needs(Verb.NAME_STAFF, Verb.READ_LOCKS)
@require_GET
def person_locks(request: MandatedRequest, pk: int) -> HttpResponse:
    """The cases that forbid moving somebody; the look itself is recorded."""
    found = found_person(request, pk)
    if not may(request.mandate, Verb.READ_LOCKS, found):
        raise Http404
    look_at_locks(by=request.mandate, person=found)
    context = {
        "person": found,
        "locks": locks_of(found, timezone.localdate()),
        "may_keep": may(request.mandate, Verb.KEEP_STAFF, found),
        "crumbs": [*to_person(found), (_("Trường hợp chưa điều động"), "")],
    }
    return render(request, "staffing/person_locks.html", context)


@needs(Verb.READ_STAFF)
@require_GET
def retention(request: MandatedRequest) -> HttpResponse:
    """Field by field: why it is kept and until when, as the models state it."""
    context = {"parts": kept_of_people(), "crumbs": [*to_people(), (_("Dữ liệu cá nhân được giữ"), "")]}
    return render(request, "staffing/retention.html", context)


def to_people() -> Crumbs:
    return [(_("Nhân sự"), reverse("staffing:board")), (_("Người"), reverse("staffing:people"))]


def to_person(person: Person) -> list[tuple[str, str]]:
    return [*to_people(), (person.full_name, person.get_absolute_url())]
