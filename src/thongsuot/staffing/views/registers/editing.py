"""One part of a person's file at a time."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.staffing import actions
from thongsuot.staffing.enums import HoldingKind
from thongsuot.staffing.forms import people as forms
from thongsuot.staffing.models import Holding, Kinship, Lock, Person
from thongsuot.staffing.policies import may
from thongsuot.staffing.queries.leaders import bodies_led
from thongsuot.staffing.views.registers.frame import form_page, found_person, found_unit
from thongsuot.staffing.views.registers.people import to_person
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Tier, Verb
from thongsuot.units.models import Unit

KEEPS = (Verb.KEEP_STAFF, Verb.NAME_STAFF)


@needs(*KEEPS)
def enter(request: MandatedRequest, pk: int) -> HttpResponse:
    """Somebody new in a unit, with the post they take."""
    unit = found_unit(request, pk)
    if not may(request.mandate, Verb.KEEP_STAFF, unit):
        raise Http404
    form = forms.EnterForm(request.POST or None)

    def act() -> Holding:
        said = form.cleaned_data
        details = {name: said[name] for name in ("sex", "born_on", "rank", "joined_on")}
        return actions.enter_with_post(
            by=request.mandate,
            unit=unit,
            number=said["number"],
            full_name=said["full_name"],
            category=said["category"],
            details=details,
            position=said["position"],
            body=said["body"],
            since=said["since"],
            basis=said["basis"],
        )

    return form_page(
        request,
        form,
        act,
        title=_("Thêm người vào %(unit)s") % {"unit": unit.title},
        said=_("Đã ghi người mới vào sổ."),
        back=reverse("staffing:register", args=[unit.pk]),
        crumbs=[
            (_("Nhân sự"), reverse("staffing:board")),
            (unit.title, reverse("staffing:register", args=[unit.pk])),
        ],
        submit=_("Ghi vào sổ"),
    )


@needs(*KEEPS)
def amend(request: MandatedRequest, pk: int) -> HttpResponse:
    person = found_person(request, pk, kept=True)
    among = Unit.objects.filter(valid_to=None, tier=Tier.COMMUNE)
    if request.mandate.unit.tier == Tier.PROVINCE:
        among = among.filter(parent=request.mandate.unit_id)
    else:
        among = among.filter(parent=request.mandate.unit.parent_id)
    form = forms.PersonForm(person, among, request.POST or None)

    def act() -> Person:
        said = dict(form.cleaned_data)
        seen = said.pop("seen")
        return actions.amend_person(by=request.mandate, person=person, changes=said, seen=seen)

    return _page(request, person, form, act, title=_("Sửa hồ sơ"), said=_("Đã sửa hồ sơ."))


@needs(*KEEPS)
def schooling(request: MandatedRequest, pk: int) -> HttpResponse:
    person = found_person(request, pk, kept=True)
    form = forms.SchoolingForm(person, request.POST or None)

    def act() -> Person:
        return actions.set_schooling(
            by=request.mandate,
            person=person,
            qualifications=form.qualifications,
            seen=form.cleaned_data["seen"],
        )

    return _page(request, person, form, act, title=_("Văn bằng"), said=_("Đã ghi văn bằng."))


@needs(*KEEPS)
def experience(request: MandatedRequest, pk: int) -> HttpResponse:
    person = found_person(request, pk, kept=True)
    form = forms.ExperienceForm(person, request.POST or None)

    def act() -> Person:
        return actions.set_schooling(
            by=request.mandate, person=person, experiences=form.experiences, seen=form.cleaned_data["seen"]
        )

    return _page(
        request,
        person,
        form,
        act,
        title=_("Kinh nghiệm"),
        said=_("Đã ghi kinh nghiệm."),
        note=_(
            "Số năm đã làm vị trí ấy trước khi có sổ này, hoặc ngoài sổ. Để trống một dòng là bỏ dòng ấy."
        ),
    )


@needs(*KEEPS)
def training(request: MandatedRequest, pk: int) -> HttpResponse:
    return _part(
        request,
        pk,
        forms.TrainingForm,
        actions.note_training,
        title=_("Lớp bồi dưỡng"),
        said=_("Đã ghi lớp bồi dưỡng."),
    )


@needs(*KEEPS)
def wishes(request: MandatedRequest, pk: int) -> HttpResponse:
    return _part(
        request,
        pk,
        forms.WishForm,
        actions.note_wishes,
        title=_("Nguyện vọng"),
        said=_("Đã ghi nguyện vọng."),
    )


@needs(*KEEPS)
def home(request: MandatedRequest, pk: int) -> HttpResponse:
    person = found_person(request, pk, kept=True)
    form = forms.HomeForm(person, request.POST or None)

    def act() -> Person:
        said = form.cleaned_data
        actions.note_home(
            by=request.mandate, person=person, point=form.point, given_on=said["given_on"], seen=said["seen"]
        )
        return person

    return _page(
        request,
        person,
        form,
        act,
        title=_("Nơi ở"),
        said=_("Đã ghi nơi ở."),
        note=_("Chỉ ghi khi người đó tự cho biết để được bố trí gần nhà; xóa một năm sau khi bố trí."),
    )


@needs(*KEEPS, Verb.READ_LOCKS)
def lock(request: MandatedRequest, pk: int) -> HttpResponse:
    return _part(
        request,
        pk,
        forms.LockForm,
        actions.lock_person,
        title=_("Ghi trường hợp chưa điều động"),
        said=_("Đã ghi trường hợp chưa điều động."),
        note=_(
            "Chỉ giữ mã trường hợp và ngày, không ghi bệnh án, nội dung kỷ luật. Ai xem lý do đều được ghi lại."
        ),
    )


@needs(*KEEPS, Verb.READ_LOCKS)
def unlock(request: MandatedRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Lock.objects.select_related("person"), pk=pk)
    person = found_person(request, found.person_id, kept=True)
    form = forms.EndForm(person, request.POST or None)
    return _page(
        request,
        person,
        form,
        lambda: actions.unlock_person(by=request.mandate, lock=found, on=form.cleaned_data["on"]) or person,
        title=_("Kết thúc trường hợp chưa điều động"),
        said=_("Đã ghi ngày kết thúc."),
    )


@needs(*KEEPS)
def kin(request: MandatedRequest, pk: int) -> HttpResponse:
    person = found_person(request, pk, kept=True)
    form = forms.KinForm(request.mandate, person, request.POST or None)

    def act() -> Kinship:
        said = form.cleaned_data
        return actions.note_kin(
            by=request.mandate, person=person, relative=said["relative"], relation=said["relation"]
        )

    return _page(
        request,
        person,
        form,
        act,
        title=_("Quan hệ gia đình"),
        said=_("Đã ghi quan hệ gia đình."),
        note=_("Chỉ để không bố trí người thân cùng tập thể lãnh đạo (Quy định 114-QĐ/TW)."),
    )


@needs(*KEEPS)
def forget_kin(request: MandatedRequest, pk: int) -> HttpResponse:
    """Noted by mistake, or no longer so; from either of the two files."""
    found = get_object_or_404(Kinship.objects.select_related("person", "relative"), pk=pk)
    person = found_person(request, found.person_id, kept=True)
    back = request.GET.get("tu") or request.POST.get("tu")
    shown = found.relative if back == str(found.relative_id) else person
    form = forms.ForgetForm(request.POST or None, initial={"tu": shown.pk})
    words = {"relation": found.get_relation_display(), "number": _other(found, shown).number}
    return _page(
        request,
        shown,
        form,
        lambda: actions.forget_kin(by=request.mandate, kinship=found) or person,
        title=_("Bỏ quan hệ gia đình"),
        said=_("Đã bỏ quan hệ gia đình."),
        note=_("%(relation)s với hồ sơ %(number)s: ghi nhầm, hoặc không còn đúng.") % words,
    )


def _other(kinship: Kinship, person: Person) -> Person:
    return kinship.relative if kinship.person_id == person.pk else kinship.person


@needs(*KEEPS)
def hold(request: MandatedRequest, pk: int) -> HttpResponse:
    person = found_person(request, pk, kept=True)
    form = forms.HoldForm(request.mandate, person, request.POST or None)

    def act() -> Holding:
        said = dict(form.cleaned_data)
        kind = HoldingKind(said.pop("kind"))
        until = said.pop("until") if kind == HoldingKind.SECONDMENT else said.pop("until") and None
        return actions.hold_post(by=request.mandate, person=person, kind=kind, until=until, **said)

    return _page(
        request,
        person,
        form,
        act,
        title=_("Thêm vị trí"),
        said=_("Đã ghi vị trí."),
        note=_("Chuyển sang đơn vị khác làm bằng hồ sơ điều động: có nghe ý kiến, xin ý kiến và quyết định."),
    )


@needs(*KEEPS)
def leave_post(request: MandatedRequest, pk: int) -> HttpResponse:
    holding = get_object_or_404(Holding.objects.select_related("person", "unit", "position"), pk=pk)
    person = found_person(request, holding.person_id, kept=True)
    form = forms.EndForm(holding, request.POST or None)
    return _page(
        request,
        person,
        form,
        lambda: actions.leave_post(by=request.mandate, holding=holding, **form.cleaned_data),
        title=_("Thôi giữ %(position)s") % {"position": holding.position},
        said=_("Đã ghi thôi giữ vị trí."),
    )


@needs(*KEEPS)
def name_body(request: MandatedRequest, pk: int) -> HttpResponse:
    """The department a head or a deputy leads."""
    holding = get_object_or_404(Holding.objects.select_related("person", "unit", "position"), pk=pk)
    person = found_person(request, holding.person_id, kept=True)
    if not bodies_led(holding.position):
        raise Http404
    form = forms.BodyForm(holding, request.POST or None)

    def act() -> Holding:
        said = form.cleaned_data
        on = said.get("on") or timezone.localdate()
        return actions.name_body(
            by=request.mandate, holding=holding, body=said["body"], on=on, seen=said["seen"]
        )

    return _page(
        request,
        person,
        form,
        act,
        title=_("Phòng phụ trách"),
        said=_("Đã ghi phòng phụ trách."),
        note=f"{holding.position}, {holding.unit.title}",
    )


@needs(*KEEPS)
def leave(request: MandatedRequest, pk: int) -> HttpResponse:
    return _part(
        request,
        pk,
        forms.LeaveServiceForm,
        actions.person_left,
        title=_("Thôi việc, nghỉ hưu"),
        said=_("Đã ghi thôi việc."),
        note=_("Mọi vị trí đang giữ kết thúc ngày này; quá trình công tác vẫn giữ trong sổ."),
    )


def _part(
    request: MandatedRequest,
    pk: int,
    form_class: Callable[[Person, Any], Any],
    act: Callable[..., object],
    **more: str,
) -> HttpResponse:
    """A form whose fields are what the action takes, beside whose file it is."""
    person = found_person(request, pk, kept=True)
    form = form_class(person, request.POST or None)
    return _page(
        request,
        person,
        form,
        lambda: act(by=request.mandate, person=person, **form.cleaned_data) or person,
        **more,
    )


def _page(request: MandatedRequest, person: Person, form: object, act: object, **more: str) -> HttpResponse:
    return form_page(
        request,
        form,
        act,  # type: ignore[arg-type]
        back=person.get_absolute_url(),
        crumbs=to_person(person),
        submit=_("Lưu"),
        **more,
    )
