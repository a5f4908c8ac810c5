import re

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from thongsuot.sources import files, queries
from thongsuot.sources.models import Citation, Source
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb


@needs(Verb.READ)
def page(request: MandatedRequest, pk: int) -> HttpResponse:
    """The text as received, with its marks; `?at=` opens it at one citation."""
    source = _visible(request, pk)
    shown = queries.source_page(source, request.mandate, _cited(source, request.GET.get("at", "")))
    context = {
        "shown": shown,
        "source": source,
        "concerns": list(source.concerns.all()),
        "crumbs": [(_("Văn bản nguồn"), ""), (source.name, "")],
    }
    return render(request, "sources/source_page.html", context)


def _visible(request: MandatedRequest, pk: int) -> Source:
    return get_object_or_404(queries.visible_sources(request.mandate), pk=pk)


def _cited(source: Source, at: str) -> Citation | None:
    return source.citations.filter(pk=int(at)).first() if re.fullmatch("[0-9]{1,18}", at) else None


@needs(Verb.READ)
def file(request: MandatedRequest, pk: int) -> HttpResponse:
    """The bytes as received, always to be saved and never opened as a page of this site."""
    source = _visible(request, pk)
    try:
        data = files.bytes_of(source.sha256)
    except FileNotFoundError as missing:
        raise Http404 from missing
    response = HttpResponse(data, content_type="application/octet-stream")
    name = re.sub(r"[\x00-\x1f\x7f/\\]", "_", source.name)
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or "attachment"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@needs(Verb.READ)
def sentence(request: MandatedRequest, pk: int) -> HttpResponse:
    """The cited words with what stands around them, for a small box; without HTMX the source itself."""
    citation = get_object_or_404(Citation.objects.select_related("source"), pk=pk)
    _visible(request, citation.source_id)
    if not getattr(request, "htmx", False):
        return HttpResponseRedirect(queries.citation_url(citation))
    before, cited, after = queries.sentence(citation)
    context = {
        "citation": citation,
        "url": queries.citation_url(citation),
        "before": before,
        "cited": cited,
        "after": after,
        "cut_before": citation.start > len(before),
        "cut_after": citation.end + len(after) < len(citation.source.text),
    }
    return render(request, "sources/sentence.html", context)
