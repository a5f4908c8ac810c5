"""Entering a draft that was read as a directive: the document, its points, and drafts of the tasks it gives.

A task enters as the draft of an order that rests on its point: nothing is given to anybody before a person issues it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from thongsuot.documents.actions import (
    Facts,
    add_version,
    cite_document,
    enter_document,
    keep_points,
    origin_of,
    origin_of_point,
    register_document,
)
from thongsuot.documents.enums import PointKind
from thongsuot.documents.models import Document, Point
from thongsuot.documents.outlining import PointRecord
from thongsuot.documents.queries.text import newest_version, wordings_of
from thongsuot.intake.content import Fields, Item
from thongsuot.intake.directives import identity_of, keeps_points, known_document, own_paper
from thongsuot.intake.enums import Family
from thongsuot.intake.targets import Target
from thongsuot.intake.writing import Writer
from thongsuot.kernel.vietnamese import fold
from thongsuot.lawbook.topics import OTHER
from thongsuot.matters.actions import Clears, draft_order
from thongsuot.matters.models import Origin
from thongsuot.sources.actions import cite, share_source
from thongsuot.units.enums import Verb
from thongsuot.units.models import Unit

# Kinds the register of documents may not tell apart.
_NEAREST = {"part": "chapter", "annex": "chapter"}
_NAMES = {
    "clause": "khoản",
    "point": "điểm",
    "heading": "mục",
    "dash": "gạch đầu dòng",
    "row": "hàng",
    "paragraph": "đoạn",
}
_LABEL, _ANCHOR = 200, 80


@dataclass
class DirectiveWriter(Writer):
    _points: dict[str, Point] = field(default_factory=dict)

    def write(self) -> Document:
        document = self._directive()
        self._place(document)
        self._keep(document)
        for item in self._items(Family.DOCUMENTS):
            self._cited(item)
        for item in self._items(Family.TASKS):
            self._orders(document, item)
        share_source(by=self.by, source=self.draft.source, units=self._concerned())
        return document

    # -- the document -------------------------------------------------------------

    def _directive(self) -> Document:
        head, known = self.content.meeting, known_document(self.content)
        if known:
            return known
        before = set(Document.objects.values_list("pk", flat=True).filter(number=self._identity()["number"]))
        if self.by.allows(Verb.KEEP_DOCUMENTS) or (
            self.by.allows(Verb.IMPLEMENT) and own_paper(self.content, self.by)
        ):
            in_force = date.fromisoformat(head["in_force"]) if head.get("in_force") else None
            document = enter_document(
                by=self.by,
                facts=Facts(
                    symbol=head["symbol"],
                    date=date.fromisoformat(head["date"]),
                    issuer=head["issuer"],
                    type=head["type"],
                    abstract=head.get("abstract") or "",
                    signer=head.get("signer") or "",
                    in_force_from=in_force,
                ),
            )
        else:
            document, _new = register_document(
                by=self.by, type=head["type"], abstract=head.get("abstract") or "", **self._identity()
            )
        if document.pk not in before:
            self._new(document)
        return document

    def _identity(self) -> Fields:
        identity = identity_of(self.content)
        assert identity is not None, "a draft whose symbol cannot be read is not confirmed"
        return identity

    def _place(self, document: Document) -> None:
        """Where the paper tells its own symbol."""
        if self.content.places:
            start, end = self.content.places[0]
            printed = self.draft.source.text[start:end]
            citation = cite(source=self.draft.source, start=start, end=end)
            self._new(cite_document(by=self.by, document=document, citation=citation, as_printed=printed))

    # -- its points -----------------------------------------------------------------

    def _keep(self, document: Document) -> None:
        known = newest_version(document)
        if keeps_points(self.content, self.by, document):
            head = self.content.meeting
            effective = date.fromisoformat(head.get("in_force") or head["date"])
            version = add_version(
                by=self.by, document=document, effective_on=effective, source=self.draft.source
            )
            self._new(version)
            if records := list(self._records()):
                for wording in keep_points(by=self.by, version=version, points=records):
                    self._points[wording.anchor] = wording.point
        elif known:
            self._points = {wording.anchor: wording.point for wording in wordings_of(known)}

    def _records(self) -> Iterator[PointRecord]:
        items = self._items(Family.POINTS)
        by_path = {item.fields["path"]: item.fields for item in items}
        for item in sorted(items, key=lambda item: item.spans[0]):
            fields, (start, end) = item.fields, item.spans[0]
            above = list(_above(fields, by_path))
            yield PointRecord(
                label=_label(fields, above)[:_LABEL],
                kind=_kind(fields["kind"]),
                path=fields["path"][:_ANCHOR],
                text=fields.get("text") or "",
                start=start,
                end=end,
                depth=len(above),
            )

    # -- its tasks --------------------------------------------------------------------

    def _orders(self, document: Document, item: Item) -> None:
        """One draft for each kind of body that leads; one without units where nobody could be told."""
        fields = item.fields
        point = self._points.get(fields.get("point") or "")
        origin = origin_of_point(point) if point else origin_of(document)
        leads: dict[str, list[Target]] = {}
        unknown = []
        for name in fields.get("lead") or []:
            target = self.matches.target(name)
            leads.setdefault(target.lead_code, []).append(target) if target else unknown.append(name)
        for code, meant in leads.items() or [("", [])]:
            self._draft(item, origin, str(point or document), code, meant, unknown)

    def _draft(
        self, item: Item, origin: Origin, basis: str, lead_code: str, meant: list[Target], unknown: list[str]
    ) -> None:
        fields = item.fields
        supporters = [self.matches.target(name).body for name in fields.get("support") or []]
        order = draft_order(
            by=self.by,
            clears=Clears(
                text=fields["text"],
                units=list(dict.fromkeys(unit for target in meant for unit in target.units)),
                person="; ".join(unknown)[:200],
                product=fields.get("product") or "",
                basis=basis,
                due_on=date.fromisoformat(fields["due"]) if fields.get("due") else None,
                lead_code=lead_code,
                supporters=list(dict.fromkeys(body for body in supporters if body)),
                topic=fields.get("topic") or OTHER,
                origin=origin,
            ),
        )
        self._new(order)

    def _concerned(self) -> list[Unit]:
        """Those it is addressed to see the file, beside the unit that received it."""
        named = [item.fields.get("name") for item in self._items(Family.ADDRESSEES)]
        units = [unit for name in named for unit in self.matches.target(name).units]
        return list(dict.fromkeys([self.draft.unit, *units]))


def _kind(read: str) -> str:
    return read if read in PointKind.values else _NEAREST.get(read, "other")


def _above(fields: Fields, by_path: Mapping[str, Fields]) -> Iterator[Fields]:
    """The points over a point that are kept, the nearest first."""
    parent = fields.get("parent")
    while parent and (above := by_path.get(parent)):
        yield above
        parent = above.get("parent")


def _label(fields: Fields, above: list[Fields]) -> str:
    """Innermost first, as it is cited: "điểm b khoản 2 Điều 3"; chapters over an article are left out."""
    chain = [fields, *above]
    article = next((place for place, one in enumerate(chain) if one["kind"] == "article"), None)
    chain = chain[: article + 1] if article is not None else chain
    return " ".join(_named(one) for one in chain) or str(fields["path"])


def _named(fields: Fields) -> str:
    """ "b)" is "điểm b", "2." is "khoản 2"; what names itself stays."""
    mark = (fields.get("label") or "").strip(" .:;)(/-–")
    name = _NAMES.get(fields["kind"])
    if name is None or not mark or fold(mark).startswith(name):
        place = fields["path"].rsplit(".", 1)[-1]
        return mark or f"{_NAMES.get(fields['kind'], 'đoạn')} {place.lstrip('gb') or place}"
    return f"{name} {mark}"
