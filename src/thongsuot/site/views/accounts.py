"""One account: the roles it holds; locking, reopening and removing it."""

from collections.abc import Callable

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from thongsuot.accounts.models import User
from thongsuot.audit.history import moments
from thongsuot.kernel.verdicts import Refused
from thongsuot.site.actions import close_account, remove_account, reopen_account
from thongsuot.site.forms import CloseForm
from thongsuot.site.views.administration import mandates_within
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb
from thongsuot.web.editing import show_form, tried
from thongsuot.web.toasts import done


@needs(Verb.MANAGE_MANDATES)
def account(request: MandatedRequest, pk: int) -> HttpResponse:
    return _account_page(request, _user(request, pk), CloseForm())


@needs(Verb.MANAGE_MANDATES)
@require_POST
def close(request: MandatedRequest, pk: int) -> HttpResponse:
    user, form = _user(request, pk), CloseForm(request.POST)

    def act() -> bool:
        close_account(by=request.mandate, user=user, reason=form.cleaned_data["reason"])
        return True

    if tried(form, act):
        done(request, _("Đã khóa tài khoản và kết thúc các vai trò."))
        return redirect("administration:account", pk)
    return _account_page(request, user, form)


@needs(Verb.MANAGE_MANDATES)
@require_POST
def reopen(request: MandatedRequest, pk: int) -> HttpResponse:
    user = _user(request, pk)
    said = _("Đã mở lại tài khoản. Giao vai trò để người này làm việc tiếp.")
    _try(request, lambda: reopen_account(by=request.mandate, user=user), said)
    return redirect("administration:account", pk)


@needs(Verb.MANAGE_MANDATES)
@require_POST
def remove(request: MandatedRequest, pk: int) -> HttpResponse:
    user = _user(request, pk)
    if _try(request, lambda: remove_account(by=request.mandate, user=user), _("Đã xóa tài khoản.")):
        return redirect("administration:home")
    return redirect("administration:account", pk)


def _try(request: MandatedRequest, act: Callable[[], None], said: str) -> bool:
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    done(request, said)
    return True


def _user(request: MandatedRequest, pk: int) -> User:
    """An account that holds, or once held, a role within reach."""
    held = mandates_within(request.mandate).filter(user=OuterRef("pk"))
    return get_object_or_404(User.objects.filter(Exists(held)), pk=pk)


def _account_page(request: MandatedRequest, user: User, form: CloseForm) -> HttpResponse:
    mandates = list(mandates_within(request.mandate).filter(user=user).order_by("-valid_from", "pk"))
    today = timezone.localdate()
    context = {
        "account": user,
        "mandates": [(one, one.valid_to is None or one.valid_to > today) for one in mandates],
        "in_force": sum(1 for one in mandates if one.holds_on(today)),
        "is_self": user.pk == request.user.pk,
        "form": form,
        "history": moments(user),
        "crumbs": [(_("Quản trị"), reverse("administration:home")), (str(user), "")],
    }
    return show_form(request, "site/account.html", context)
