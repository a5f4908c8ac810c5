"""Where the pages under a document, and under its giving out, stand."""

from django.urls import reverse
from django.utils.translation import gettext as _

from thongsuot.documents.models import Directive, Document

Crumbs = list[tuple[str, str]]


def under_document(document: Document, here: str) -> Crumbs:
    return [(_("Văn bản"), document.list_url), (str(document), document.get_absolute_url()), (here, "")]


def under_directive(directive: Directive, here: str) -> Crumbs:
    return [
        (_("Giao thực hiện"), reverse("documents:directives")),
        (str(directive.document), directive.get_absolute_url()),
        (here, ""),
    ]
