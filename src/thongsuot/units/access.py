"""How a view says who may open it. A view that says nothing fails a system check (units.checks)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import cast

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache

from thongsuot.accounts.models import User
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate

View = Callable[..., HttpResponseBase]


class MandatedRequest(HttpRequest):
    """What a view that declared `needs` receives."""

    user: User
    mandate: Mandate


@dataclass(frozen=True, slots=True)
class Access:
    public: bool = False
    verbs: tuple[Verb, ...] = ()


def public(view: View) -> View:
    """Anyone, signed in or not."""
    return _declare(view, Access(public=True))


def signed_in(view: View) -> View:
    """Anyone with an account, whatever their mandates."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if isinstance(request.user, AnonymousUser):
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return _declare(never_cache(guarded), Access())


def needs(*verbs: Verb) -> Callable[[View], View]:
    """A mandate in force that allows every one of `verbs`; to others the page does not exist."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            mandate = cast(Mandate | None, getattr(request, "mandate", None))
            if mandate is None or not all(mandate.allows(verb) for verb in verbs):
                raise Http404
            return view(request, *args, **kwargs)

        return _declare(signed_in(guarded), Access(verbs=verbs))

    return decorate


def _declare(view: View, access: Access) -> View:
    view.access = access  # type: ignore[attr-defined]
    return view
