"""A file handed to the reader under a name."""

from django.http import HttpResponse


def download(data: bytes, kind: str, name: str) -> HttpResponse:
    """`kind` is the media type; `name` has plain letters only, so that every mail program keeps it."""
    answer = HttpResponse(data, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
