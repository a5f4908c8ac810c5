from thongsuot.documents.models.directives import Directive, TakenPoint, Uptake
from thongsuot.documents.models.documents import Document, DocumentCitation
from thongsuot.documents.models.study import Circle, RollEntry, RollKey, StudySession
from thongsuot.documents.models.versions import DocumentVersion, Point, Wording

__all__ = [
    "Circle",
    "Directive",
    "Document",
    "DocumentCitation",
    "DocumentVersion",
    "Point",
    "RollEntry",
    "RollKey",
    "StudySession",
    "TakenPoint",
    "Uptake",
    "Wording",
]
