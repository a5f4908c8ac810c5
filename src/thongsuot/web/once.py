"""The same form sent twice acts once: a second click, a reload of the answer, a line that dropped.

Every page draws its forms with a security token masked anew, so a form sent again from the same page with the same
words is the same submission, and no form needs a field of its own for this. Natural constraints remain where there
are any; this covers acts that may rightly be repeated, such as raising a second proposal of the same words.

What HTMX and scripts send carries the token in a header: those buttons are meant to be pressed again and again.
"""

import hashlib
import json
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.web.models import Submission

View = TypeVar("View", bound=Callable[..., Any])
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 (the name of the field)
KEPT = timedelta(days=1)
GIVEN_UP = timedelta(minutes=2)  # a server that stopped half-way never says that it is done
PATIENCE, PAUSE = 5.0, 0.1  # seconds a second click waits for the first


def repeatable(view: View) -> View:
    """A form that may be sent again as it is: it only sets what it names."""
    view.repeatable = True  # type: ignore[attr-defined]
    return view


class OnceMiddleware:
    """After CSRF protection, which has checked the token and read the form by then."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.submission = None  # type: ignore[attr-defined]
        response = self.get_response(request)
        if (submission := request.submission) is not None:  # type: ignore[attr-defined]
            _settle(submission, response)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not _counts(request, view):
            return None
        digest = _digest(request)
        submission = _first(digest)
        if submission is None:
            return _again(request, digest)
        request.submission = submission  # type: ignore[attr-defined]
        return None


def _counts(request: HttpRequest, view: Any) -> bool:
    """A form of a signed-in person; what has the token in a header is no form sent by the browser itself."""
    return (
        request.method == "POST"
        and "X-CSRFToken" not in request.headers
        and not getattr(view, "csrf_exempt", False)
        and not getattr(view, "repeatable", False)
        and request.user.is_authenticated
        and bool(request.POST.get(TOKEN))
    )


def _digest(request: HttpRequest) -> str:
    files = [(name, file.name, file.size) for name, sent in request.FILES.lists() for file in sent]
    said = [request.session.session_key, request.get_full_path(), list(request.POST.lists()), files]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def _first(digest: str) -> Submission | None:
    now = timezone.now()
    Submission.objects.filter(at__lt=now - KEPT).delete()
    Submission.objects.filter(digest=digest, led_to="", at__lt=now - GIVEN_UP).delete()
    try:
        with transaction.atomic():
            return Submission.objects.create(digest=digest)
    except IntegrityError:
        return None


def _again(request: HttpRequest, digest: str) -> HttpResponse:
    """Where the first one led, as soon as it is done."""
    until = time.monotonic() + PATIENCE
    while (sent := Submission.objects.filter(digest=digest).first()) and not sent.led_to:
        if time.monotonic() > until:
            return render(request, "web/sent_twice.html", status=409)
        time.sleep(PAUSE)
    if sent is None:  # the first one was refused; so would this one be
        return render(request, "web/sent_twice.html", status=409)
    messages.info(request, _("Biểu mẫu này đã được ghi một lần; lần gửi lại không ghi thêm."))
    return HttpResponseRedirect(sent.led_to)


def _settle(submission: Submission, response: HttpResponse) -> None:
    """Only an act that was done counts; what was refused, or merely shown, may be sent again as it is."""
    led_to = response.headers.get("Location", "")[:500]
    if response.status_code in (302, 303) and led_to:
        submission.led_to = led_to
        submission.save(update_fields=["led_to"])
    else:
        submission.delete()
