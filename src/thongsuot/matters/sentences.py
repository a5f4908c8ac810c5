"""The way back from a record to its sentence."""

from django.urls import NoReverseMatch, reverse

from thongsuot.sources.models import Citation


def source_url(pk: int | None) -> str:
    """The page of the source; "" where there is none."""
    try:
        return reverse("sources:page", args=[pk]) if pk else ""
    except NoReverseMatch:
        return ""


def sentence_url(citation: Citation | None) -> str:
    """The page of the source, opened at the place."""
    page = source_url(citation.source_id) if citation else ""
    return f"{page}?at={citation.pk}" if citation and page else ""
