from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from thongsuot.accounts.models import User
from thongsuot.units.models import Mandate
from thongsuot.units.queries import mandates_in_force

SESSION_KEY = "mandate"


class MandateMiddleware:
    """Gives each request the mandate in force: the one chosen, else the user's first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.mandates = []  # type: ignore[attr-defined]
        request.mandate = None  # type: ignore[attr-defined]
        if isinstance(request.user, User):
            held = mandates_in_force(request.user, timezone.localdate())
            request.mandates = held  # type: ignore[attr-defined]
            request.mandate = _chosen(held, request.session.get(SESSION_KEY))  # type: ignore[attr-defined]
        return self.get_response(request)


def _chosen(held: list[Mandate], key: object) -> Mandate | None:
    return next((mandate for mandate in held if mandate.pk == key), held[0] if held else None)
