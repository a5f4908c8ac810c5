from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from thongsuot.web.gallery import Samples


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every variant; only on a developer's machine."""
    if not settings.DEVELOPMENT:
        raise Http404
    return render(
        request,
        "web/gallery.html",
        {"samples": Samples(), "crumbs": [("Bộ giao diện", "#"), ("Thành phần", "")]},
    )


# Read by the system check that every view says who may open it; this package lies below the one that defines access.
gallery.access = "public"  # type: ignore[attr-defined]
