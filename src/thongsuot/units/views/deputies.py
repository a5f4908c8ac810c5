"""Standing in: what I have passed on for a while, and for whom I stand in."""

from typing import cast

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.actions import deputise, end_mandate
from thongsuot.units.enums import Verb
from thongsuot.units.forms import DeputyForm
from thongsuot.units.models import Mandate
from thongsuot.units.queries import deputies_of, standing_in
from thongsuot.web.editing import show_form, tried
from thongsuot.web.toasts import done


@needs()
def deputies(request: MandatedRequest) -> HttpResponse:
    """Both sides see it: the one who passed a role on, and the one who stands in."""
    by = request.mandate
    form = DeputyForm(by, request.POST or None) if by.allows(Verb.DELEGATE) else None

    def act() -> Mandate:
        return deputise(by=by, **form.agreed())  # type: ignore[union-attr]

    if form is not None and request.method == "POST" and (agreed := tried(form, act)):
        done(request, _("Đã ủy quyền cho %(user)s.") % {"user": agreed.user})
        return redirect("deputies:home")
    today = timezone.localdate()
    context = {
        "form": form,
        "given": [(one, _state(one)) for one in deputies_of(request.user)],
        "received": [(one, _state(one)) for one in standing_in(request.user)],
        "today": today,
        "crumbs": [(_("Ủy quyền"), "")],
    }
    return show_form(request, "units/deputies.html", context, only_asked=form is None)


def _state(deputy: Mandate) -> str:
    today = timezone.localdate()
    if deputy.valid_to and deputy.valid_to <= today:
        return "over"
    if deputy.valid_from > today:
        return "coming"
    return "now" if deputy.deputy_of and deputy.deputy_of.holds_on(today) else "over"


@needs()
@require_POST
def end_deputy(request: MandatedRequest, pk: int) -> HttpResponse:
    given = get_object_or_404(deputies_of(request.user), pk=pk)
    original = cast(Mandate, given.deputy_of)
    end_mandate(by=original, mandate=given, on=timezone.localdate())
    done(request, _("Đã kết thúc ủy quyền cho %(user)s.") % {"user": given.user})
    return redirect("deputies:home")
