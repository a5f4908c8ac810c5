"""From the text of a directive to its reading."""

import hashlib
import re
from collections.abc import Iterator
from functools import cached_property

from thongsuot.kernel import Span, normalise
from thongsuot.reading.directive import records
from thongsuot.reading.directive.actors import Actor
from thongsuot.reading.directive.foot import Foot
from thongsuot.reading.directive.head import Head
from thongsuot.reading.directive.outline import Node, Outline
from thongsuot.reading.directive.paper import Paper
from thongsuot.reading.directive.tasks import TaskFound, TaskReader
from thongsuot.reading.directive.terms import Term, Terms
from thongsuot.reading.lexicon import load_lexicon
from thongsuot.reading.records import Source, Warning

_CONCLUDES = re.compile(r"kết luận|ý kiến chỉ đạo|chỉ đạo của")
_UPWARD = re.compile(
    r"ủy ban nhân dân (?:thành phố|tỉnh)|ubnd (?:thành phố|tỉnh)|thành ủy|tỉnh ủy|sở |ban |bộ |thủ tướng|chính phủ"
    r"|trung ương"
)
_COMMUNE = re.compile(r"(?:phường|xã|đặc khu) ")
_POINTS = {
    "part": "Dòng mở đầu bằng “Phần” hoặc chữ cái in hoa.",
    "chapter": "Dòng mở đầu bằng “Chương”.",
    "heading": "Đề mục đánh số La Mã.",
    "article": "Dòng mở đầu bằng “Điều”.",
    "clause": "Đoạn đánh số thứ tự.",
    "point": "Đoạn đánh chữ cái.",
    "dash": "Đoạn gạch đầu dòng.",
    "row": "Hàng của bảng phân công.",
    "annex": "Phụ lục sau chữ ký.",
    "paragraph": "Văn bản không đánh số; lấy từng đoạn.",
    "section": "Dòng mở đầu bằng “Mục”.",
}


def read_directive(text: str, name: str = "", sha256: str | None = None) -> records.Directive:
    """Read one text as a directive. Positions count code points of the NFC text."""
    composed = normalise(text)
    digest = sha256 or hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return _Writing(Paper(composed, load_lexicon())).directive(Source(name, digest, len(composed)))


def told_kind(composed: str) -> records.Kind:
    """What the head tells; the rest is read only where the type alone does not decide."""
    return _Writing(Paper(composed, load_lexicon())).kind()


class _Writing:
    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.head = Head(paper)

    @cached_property
    def outline(self) -> Outline:
        return Outline(self.paper)

    @cached_property
    def found(self) -> TaskReader:
        return TaskReader(self.paper, self.outline, Terms(self.paper, self.head.day))

    def directive(self, source: Source) -> records.Directive:
        foot = Foot(self.paper)
        return records.Directive(
            source=source,
            kind=self.kind(),
            symbol=self.head.symbol,
            date=self.head.date,
            place=self.head.place,
            issuer=self.head.issuer,
            type=self.head.type,
            abstract=self.head.abstract,
            signer=foot.signer(),
            in_force=self.head.in_force(),
            recipients=tuple(foot.recipients()),
            bases=tuple(self.head.bases()),
            points=tuple(map(self._point, self.outline.nodes)),
            addressees=tuple(self._addressees()),
            deadlines=tuple(self._deadline(term, node) for term, node in self.found.deadlines),
            tasks=tuple(map(self._task, self.found.tasks)),
            warnings=tuple(self._warnings()),
        )

    # -- is it one at all ---------------------------------------------------------

    def kind(self) -> records.Kind:
        words, kind = self.paper.words, self.head.type.value if self.head.type else None
        if kind is None or not (self.head.symbol or self.head.issuer):
            return records.Kind(
                "report",
                "Không có phần đầu của một văn bản chỉ đạo: tên loại, số, ký hiệu.",
                "kind.no-head",
                0.9,
            )
        if kind in words.telling:
            return records.Kind("report", f"Loại văn bản là {kind}.", "kind.telling", 0.95)
        if kind in words.directing:
            trust = 0.97 if self.head.symbol else 0.75
            return records.Kind("directive", f"Loại văn bản là {kind}.", "kind.directing", trust)
        if self._goes_up():
            return records.Kind("report", f"Là {kind} gửi cấp trên.", "kind.upward", 0.8)
        orders = sum(
            task.rule in ("assigned", "subject", "row", "under-heading") for task in self.found.tasks
        )
        concludes = self.head.abstract and _CONCLUDES.search(self.head.abstract.value.lower())
        if orders or concludes:
            reason = f"Là {kind} có {orders} câu giao việc." if orders else f"Là {kind} kết luận, chỉ đạo."
            return records.Kind("directive", reason, "kind.assigns", 0.85 if orders > 1 else 0.7)
        return records.Kind("report", f"Là {kind} không giao việc cho ai.", "kind.assigns-nothing", 0.7)

    def _goes_up(self) -> bool:
        """A ward writing to those above it asks, whatever its verbs."""
        sent = [found.actor for found in self.found.addressees if found.node is None]
        groups = [actor for actor in sent if actor.scope.startswith("all-")]
        issuer = self.head.issuer.value.lower() if self.head.issuer else ""
        return bool(
            self.paper.sent_to
            and not groups
            and _COMMUNE.search(issuer)
            and any(_UPWARD.search(a.name.lower()) for a in sent)
        )

    # -- the lists ------------------------------------------------------------------

    def _point(self, node: Node) -> records.Point:
        end = node.cells[-1][1] if node.cells else node.end
        text = "\n".join(
            words for start, stop in node.pieces if (words := " ".join(self.paper.text[start:stop].split()))
        )
        span = self.paper.span(node.start, max(end, node.start))
        parent = node.parent.path if node.parent else None
        rule = f"outline.{node.kind}"
        return records.Point(
            node.label,
            node.kind,
            node.path,
            text,
            span.start,
            span.end,
            parent,
            rule,
            node.confidence,
            _POINTS[node.kind],
        )

    def _addressee(self, actor: Actor, node: Node | None) -> records.Addressee:
        return records.Addressee(
            actor.name,
            actor.scope,
            node.path if node else "",
            self.paper.span(actor.start, actor.end),
            f"actor.{actor.rule}",
            actor.confidence,
            actor.reason,
        )

    def _addressees(self) -> Iterator[records.Addressee]:
        seen: set[tuple[str, str]] = set()
        for found in self.found.addressees:
            one = self._addressee(found.actor, found.node)
            key = (one.point, one.scope if one.scope.startswith("all-") else one.value.lower())
            if key not in seen:
                seen.add(key)
                yield one

    def _deadline(self, term: Term, node: Node | None) -> records.Deadline:
        return records.Deadline(
            " ".join(self.paper.text[term.start : term.end].split()),
            term.kind,
            term.on.isoformat() if term.on else None,
            term.every,
            term.day,
            term.days,
            term.working,
            node.path if node else "",
            self.paper.span(term.start, term.end),
            f"term.{term.rule}",
            term.confidence,
            term.reason,
        )

    def _task(self, task: TaskFound) -> records.Task:
        product = " ".join(self.paper.text[slice(*task.product)].split()) if task.product else None
        return records.Task(
            text=" ".join(self.paper.text[task.start : task.end].split()),
            point=task.node.path if task.node else "",
            lead=tuple(self._addressee(actor, task.node) for actor in task.lead),
            support=tuple(self._addressee(actor, task.node) for actor in task.support),
            due=self._deadline(task.due, task.node) if task.due else None,
            product=product[:1].upper() + product[1:] if product else None,
            topic=task.topic,
            span=self.paper.span(task.start, task.end),
            rule=f"task.{task.rule}",
            confidence=task.confidence,
            reason=task.reason,
        )

    def _warnings(self) -> Iterator[Warning]:
        if self.head.symbol is None:
            yield Warning("no-symbol", None, "Không đọc thấy số, ký hiệu ở phần đầu văn bản.")
        if self.head.date is None:
            yield Warning("no-date", None, "Không đọc thấy ngày ban hành ở phần đầu văn bản.")
        days = self.head.day
        for term, _node in self.found.deadlines:
            if days and term.on and term.on < days:
                place = self.paper.span(term.start, term.end)
                yield Warning(
                    "deadline-before-date",
                    Span(place.start, place.end),
                    "Thời hạn sớm hơn ngày ban hành văn bản.",
                )
