"""The versions of a document and its points."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import QuerySet

from thongsuot.documents.differing import Piece, change
from thongsuot.documents.enums import Audience, Change
from thongsuot.documents.models import Document, DocumentVersion, Point, Wording
from thongsuot.documents.queries.register import point_key
from thongsuot.matters.models import Origin


def newest_version(document: Document) -> DocumentVersion | None:
    return document.versions.select_related("source", "amended_by").last()


def wordings_of(version: DocumentVersion) -> QuerySet[Wording]:
    return version.wordings.select_related("point", "citation__source").order_by("position")


def leaves(wordings: Sequence[Wording]) -> list[Wording]:
    """Those no other stands under: what can be taken up by itself."""
    following = [*wordings[1:], None]
    return [
        one
        for one, after in zip(wordings, following, strict=True)
        if after is None or after.depth <= one.depth
    ]


@dataclass(frozen=True, slots=True)
class Compared:
    """A point before and after; one of the two may be missing."""

    point: Point
    change: Change
    before: Wording | None
    after: Wording | None


def compared(before: DocumentVersion | None, after: DocumentVersion) -> list[Compared]:
    """In the order of the new text, what was taken out at the end."""
    old = {one.point_id: one for one in wordings_of(before)} if before else {}
    new = list(wordings_of(after))
    rows = [Compared(one.point, Change(one.change), old.pop(one.point_id, None), one) for one in new]
    return [*rows, *(Compared(one.point, Change.REMOVED, one, None) for one in old.values())]


def version_before(version: DocumentVersion) -> DocumentVersion | None:
    return (
        DocumentVersion.objects.filter(document=version.document_id, number__lt=version.number)
        .order_by("-number")
        .first()
    )


def piece(wording: Wording) -> Piece:
    return Piece(wording.anchor, wording.text)


def changed_points(version: DocumentVersion) -> dict[int, Change]:
    """Which points the version words otherwise than the one before, adds or takes out; a new number is no change."""
    before = version_before(version)
    if before is None:
        return {}
    old = {one.point_id: piece(one) for one in before.wordings.all()}
    new = {one.point_id: piece(one) for one in version.wordings.all()}
    found = {pk: change(old.get(pk), new.get(pk)) for pk in {*old, *new}}
    return {pk: what for pk, what in found.items() if what not in (Change.SAME, Change.RENUMBERED)}


def audiences_touched(document: Document) -> Mapping[int, frozenset[str]]:
    """For each version after the first, whose points it changed. Where no points were kept, it changed all."""
    versions = list(document.versions.order_by("number"))
    studied = {point.pk: point.studied_by for point in document.points.all()}
    worded: dict[int, dict[int, Piece]] = {version.pk: {} for version in versions}
    for wording in Wording.objects.filter(version__in=versions):
        worded[wording.version_id][wording.point_id] = piece(wording)
    touched = {}
    for earlier, later in pairwise(versions):
        old, new = worded[earlier.pk], worded[later.pk]
        if not old or not new:
            touched[later.number] = frozenset(audience.value for audience in Audience)
            continue
        changed = [
            pk
            for pk in {*old, *new}
            if change(old.get(pk), new.get(pk)) not in (Change.SAME, Change.RENUMBERED)
        ]
        touched[later.number] = frozenset(audience for pk in changed for audience in studied.get(pk, []))
    return touched


def origins_of_points(points: Iterable[Point]) -> Mapping[int, Origin]:
    """How the loop knows those points that something rests on."""
    keys = {point_key(point): point.pk for point in points}
    return {keys[origin.key]: origin for origin in Origin.objects.filter(key__in=list(keys))}
