"""Versions of a document and their points.

- add_version(by, document, effective_on, amended_by=None, source=None, note="") -> DocumentVersion
- keep_points(by, version, points) -> list[Wording]      points are outlining.PointRecord, in the order of the text
- remove_version(by, version)      the newest one, entered by mistake
- set_studied_by(by, point, audiences)
A point stays the same row from version to version; whoever rests on one whose words changed is asked to look again.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from thongsuot.audit.actions import record
from thongsuot.audit.removal import remove_or_refuse
from thongsuot.documents.differing import Piece, change, matches
from thongsuot.documents.enums import Acts, Audience, Change, PointKind
from thongsuot.documents.found import forget_points, index_points
from thongsuot.documents.models import Document, DocumentVersion, Point, TakenPoint, Uptake, Wording
from thongsuot.documents.outlining import PointRecord
from thongsuot.documents.policies import may, may_edit
from thongsuot.documents.queries import point_key
from thongsuot.documents.queries.people import users_with
from thongsuot.documents.queries.text import changed_points, newest_version, piece, version_before
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.matters.models import Matter, Order, Origin
from thongsuot.notices.actions import tell
from thongsuot.notices.enums import Kind
from thongsuot.sources.actions import cite, let_see
from thongsuot.sources.models import Citation, Source
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate


@transaction.atomic
def add_version(
    *,
    by: Mandate,
    document: Document,
    effective_on: date,
    amended_by: Document | None = None,
    source: Source | None = None,
    note: str = "",
) -> DocumentVersion:
    """The first text of a document, or the one an amendment makes of it."""
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    require(may_edit(by, document))
    last = newest_version(document)
    if last and amended_by is None:
        raise Refused(_("Bản nội dung sau phải theo một văn bản sửa đổi. Chọn văn bản đó trong sổ."))
    if last and effective_on < last.effective_on:
        raise Refused(
            _("Bản mới áp dụng trước bản đang có (%(day)s). Sửa ngày áp dụng.")
            % {"day": f"{last.effective_on:%d-%m-%Y}"}
        )
    if amended_by and amended_by.pk == document.pk:
        raise Refused(_("Văn bản không tự sửa đổi chính nó. Chọn văn bản khác."))
    version = DocumentVersion.objects.create(
        document=document,
        number=last.number + 1 if last else 1,
        effective_on=effective_on,
        amended_by=amended_by,
        source=source,
        note=note.strip()[:500],
    )
    if source:
        let_see(source=source, units=_concerned(document))
    record(by=by, verb=Acts.VERSION_ADDED, subject=document, details={"version": version.number})
    return version


@transaction.atomic
def keep_points(*, by: Mandate, version: DocumentVersion, points: Iterable[PointRecord]) -> list[Wording]:
    """All points of the version, in its order; those kept before are recognised, however they are numbered now."""
    document = Document.objects.select_for_update(of=("self",)).get(pk=version.document_id)
    require(may_edit(by, document))
    records = list(points)
    _require_sound(records)
    newest = newest_version(document)
    if newest is None or newest.pk != version.pk:
        raise Refused(_("Chỉ ghi điểm của bản mới nhất; bản trước đã được thay."))
    before = version_before(version)
    old = {one.point_id: piece(one) for one in before.wordings.all()} if before else {}
    same = _recognised(version, before, records)
    fresh = [
        Point(document=document, anchor=one.path, label=one.label)
        for one, point in zip(records, same, strict=True)
        if point is None
    ]
    Point.objects.bulk_create(fresh)
    waiting = iter(fresh)
    whole = [point or next(waiting) for point in same]
    version.wordings.all().delete()
    wordings = Wording.objects.bulk_create(
        Wording(
            version=version,
            point=point,
            position=position,
            depth=one.depth,
            kind=one.kind,
            anchor=one.path,
            label=one.label,
            text=one.text,
            change=_change(before, old.get(point.pk), one),
            citation=_citation(version, one),
        )
        for position, (one, point) in enumerate(zip(records, whole, strict=True))
    )
    for one, point in zip(records, whole, strict=True):
        point.anchor, point.label = one.path, one.label
    Point.objects.bulk_update(whole, ["anchor", "label"], batch_size=200)
    _drop_unworded(document)
    touched = _ask_to_look_again(version)
    index_points(whole)
    record(
        by=by,
        verb=Acts.POINTS_KEPT,
        subject=document,
        details={"version": version.number, "points": len(wordings), "units": touched},
    )
    return wordings


@transaction.atomic
def remove_version(*, by: Mandate, version: DocumentVersion) -> None:
    """Take back the newest text, with the points only it words; refused while something rests on one of them."""
    document = Document.objects.select_for_update(of=("self",)).get(pk=version.document_id)
    require(may(by, Verb.UNDO, document))
    newest = newest_version(document)
    if newest is None or newest.pk != version.pk:
        raise Refused(_("Chỉ rút được bản mới nhất; bản này đã có bản sau."))
    version.wordings.all().delete()
    _drop_unworded(document)
    remove_or_refuse(version)
    record(by=by, verb=Acts.VERSION_REMOVED, subject=document, details={"version": version.number})


@transaction.atomic
def set_studied_by(*, by: Mandate, point: Point, audiences: Collection[str]) -> Point:
    """Who must study the point; all of them or none named means everybody."""
    require(may_edit(by, point.document))
    if unknown := set(audiences) - set(Audience.values):
        raise Refused(_("Không có đối tượng “%(name)s”.") % {"name": ", ".join(sorted(unknown))})
    named = [audience for audience in Audience.values if audience in audiences]
    point.audiences = [] if len(named) == len(Audience.values) else named
    point.save(update_fields=["audiences"])
    record(by=by, verb=Acts.STUDIED_BY, subject=point.document, details={"point": point.label, "by": named})
    return point


def _require_sound(records: Sequence[PointRecord]) -> None:
    if not records:
        raise Refused(_("Chưa có điểm nào. Mỗi điểm một dòng, bắt đầu bằng “Điều 1.”, “I.”, “1.” hoặc “a)”."))
    seen: set[str] = set()
    for one in records:
        if not one.path.strip() or not one.label.strip():
            raise Refused(_("Có điểm chưa có tên hoặc vị trí. Kiểm tra lại từng dòng."))
        if one.path in seen:
            raise Refused(
                _("Hai điểm cùng vị trí “%(path)s”. Sửa số của một trong hai.") % {"path": one.path}
            )
        if one.kind not in PointKind.values:
            raise Refused(_("Không có loại điểm “%(kind)s”.") % {"kind": one.kind})
        seen.add(one.path)


def _recognised(
    version: DocumentVersion, before: DocumentVersion | None, records: Sequence[PointRecord]
) -> list[Point | None]:
    """Of each record the point it is: first among those this version has already, then those of the one before."""
    found: list[Point | None] = [None] * len(records)
    for earlier in (version, before):
        if earlier is None:
            continue
        used = {point.pk for point in found if point is not None}
        known = [one for one in earlier.wordings.select_related("point") if one.point_id not in used]
        open_records = [place for place, point in enumerate(found) if point is None]
        pieces = [Piece(records[place].path, records[place].text) for place in open_records]
        for place, match in zip(open_records, matches([piece(one) for one in known], pieces), strict=True):
            if match is not None:
                found[place] = known[match].point
    return found


def _change(before: DocumentVersion | None, old: Piece | None, now: PointRecord) -> Change:
    return change(old, Piece(now.path, now.text)) if before else Change.SAME


def _citation(version: DocumentVersion, one: PointRecord) -> Citation | None:
    if version.source is None or one.start is None or one.end is None:
        return None
    return cite(source=version.source, start=one.start, end=one.end)


def _drop_unworded(document: Document) -> None:
    """Points that no version words any more go, unless something rests on them."""
    loose = list(Point.objects.filter(document=document, wordings__isnull=True))
    keys = {point_key(point): point for point in loose}
    resting = Origin.objects.filter(key__in=keys).filter(
        Q(pk__in=Matter.objects.filter(origin__key__in=keys).values("origin"))
        | Q(pk__in=Order.objects.filter(origin__key__in=keys).values("origin"))
    )
    held = {keys[origin.key].pk for origin in resting}
    held |= set(
        TakenPoint.objects.filter(Q(point__in=loose) | Q(by_point__in=loose)).values_list("point", flat=True)
    )
    if named := [point.label for point in loose if point.pk in held]:
        raise Refused(
            _("Đã có nhiệm vụ hoặc văn bản cụ thể hóa dựa trên: %(points)s. Giữ các điểm này.")
            % {"points": ", ".join(named)}
        )
    Origin.objects.filter(key__in=keys).delete()
    forget_points([point.pk for point in loose])
    Point.objects.filter(pk__in=[point.pk for point in loose]).delete()


def _ask_to_look_again(version: DocumentVersion) -> int:
    """Uptakes that rest on words that changed, or on the document as a whole. How many units they are of."""
    changed = changed_points(version)
    answers = Uptake.objects.filter(directive__document=version.document_id)
    if version_before(version) is None:
        return 0
    unseen = answers.filter(Q(seen__isnull=True) | Q(seen__number__lt=version.number))
    touched = (
        unseen.filter(Q(points__point__in=list(changed)) | Q(points__isnull=True))
        if changed
        else unseen.none()
    )
    keys = list(touched.distinct().values_list("pk", flat=True))
    unseen.filter(again=version).exclude(pk__in=keys).update(again=None)
    units = list(answers.filter(pk__in=keys).order_by().values_list("unit", flat=True).distinct())
    answers.filter(pk__in=keys).update(again=version)
    if keys:
        _tell(version, units)
    return len(units)


def _tell(version: DocumentVersion, units: Sequence[int]) -> None:
    directive = version.document.directives.first()
    with override(settings.LANGUAGE_CODE):
        title = _("Văn bản đã sửa đổi, cần xem lại: %(document)s") % {"document": version.document}
        text = _("Văn bản cụ thể hóa của đơn vị dựa trên điểm đã sửa. Xem chỗ sửa rồi ghi là đã xem lại.")
    tell(
        users=users_with(Verb.IMPLEMENT, units, timezone.localdate()),
        kind=Kind.CHANGED,
        key=f"directive:again:{version.pk}",
        title=title,
        text=text,
        url=directive.get_absolute_url() if directive else version.get_absolute_url(),
    )


def _concerned(document: Document) -> list[int]:
    """Units that were told to put the document into effect."""
    orders = document.directives.values("order")
    return list(Matter.objects.filter(order__in=orders, unit__isnull=False).values_list("unit", flat=True))
