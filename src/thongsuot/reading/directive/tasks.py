"""The tasks a directive proposes: who is given what, from sentences that assign, headings that name who must act,
and the rows of a table of assignments."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from thongsuot.reading.directive.actors import Actor, Actors
from thongsuot.reading.directive.outline import Node, Outline
from thongsuot.reading.directive.paper import Paper
from thongsuot.reading.directive.terms import Term, Terms
from thongsuot.reading.discourse.topics import topic_of
from thongsuot.reading.page import sentences_of
from thongsuot.reading.page.letters import CAPITALS

_DUTY = re.compile(r" ?(?:có trách nhiệm|chịu trách nhiệm)(?= |:|$)| có nhiệm vụ(?= |:|$)")
_GLUE = re.compile(r"[\s:,-]*")
_DUTY_OF = re.compile(r"(?:trách nhiệm|nhiệm vụ)(?: thực hiện)? của |(?:đối với|về phía) ")
_ABOUT = re.compile(rf"[^.;:]{{5,160}}: (?=[{CAPITALS}])")
# What follows a name without being its duty.
_TOLD = re.compile(
    r"(?:đã|đang|sẽ|là|có|được|bị|và|với|của|ở|tại|về|do|cũng|chưa|vẫn|còn|nêu|xin|phản ánh|ghi nhận|trình bày"
    r"|kiến nghị|cho biết"
    r"|nhận thấy|thống nhất|đồng ý|kết luận|biểu dương|hoan nghênh|ban hành|trên|theo|để|trong|năm|đến|từ|trả lời và"
    r"|thông báo để)\b"
)
_SUPPORT = re.compile(r"phối hợp(?: chặt chẽ)?(?:,? (?:với|cùng))? ")
_TO = re.compile(r" cho (?=\w)")
_REACH = 160  # how far from "giao" the one it is given to may stand
_CLAUSE = re.compile(r"; ")
_MOST_CLAUSES = 40
_WITHIN = re.compile(
    r"(?::|;|,|\.) (?=(?:thống nhất |đồng thời,? |đồng ý )*(?:giao|yêu cầu|đề nghị|phân công) )"
)
_LABEL = (
    r" ?[-+]? ?(?:(?:cơ quan|đơn vị) )?"
    r"(?P<label>chủ trì|phối hợp|thực hiện|thời gian|thời hạn|sản phẩm|kết quả)(?: hoàn thành| thực hiện| chính)? ?: "
)
_FIRST_LABEL, _LABELS = re.compile(_LABEL), re.compile(rf"(?<=[.;(\n]){_LABEL}")
_REASONS = {
    "assigned": "Câu giao việc: từ giao việc, bên được giao, rồi việc phải làm.",
    "subject": "Bên thực hiện đứng đầu câu, tiếp theo là việc phải làm.",
    "under-heading": "Việc nằm dưới đề mục ghi tên bên thực hiện.",
    "row": "Hàng của bảng phân công nhiệm vụ.",
    "labelled": "Việc có ghi cơ quan chủ trì, thời hạn hoặc sản phẩm kèm theo.",
}


@dataclass
class TaskFound:
    start: int
    end: int
    node: Node | None
    lead: list[Actor]
    rule: str
    confidence: float
    support: list[Actor] = field(default_factory=list)
    due: Term | None = None
    product: tuple[int, int] | None = None
    topic: str = "other"

    @property
    def reason(self) -> str:
        return _REASONS[self.rule]


@dataclass
class AddresseeFound:
    actor: Actor
    node: Node | None


class TaskReader:
    def __init__(self, paper: Paper, outline: Outline, terms: Terms) -> None:
        self.paper, self.outline, self.terms = paper, outline, terms
        self.actors, self.words = Actors(paper), paper.words
        self.addressees: list[AddresseeFound] = []
        self.deadlines: list[tuple[Term, Node | None]] = []
        self.tasks: list[TaskFound] = []
        self._heads: dict[int, list[Actor]] = {}  # node -> who the points under it are for
        self._sent_to()
        for node in outline.nodes:
            self._read_row(node) if node.cells else self._read_node(node)
        for paragraph in outline.loose:
            self._read_loose(paragraph.start, paragraph.end)
        for task in self.tasks:
            self._complete(task)

    # -- to whom it is sent -----------------------------------------------------

    def _sent_to(self) -> None:
        for paragraph in self.paper.sent_to:
            for cell in paragraph.cells:
                start = cell.start
                match = re.compile(r"kính gửi ?:? ?|[-+] ").match(self.paper.shade, start, cell.end)
                if match:
                    start = match.end()
                    start += 2 if self.paper.text.startswith(("- ", "+ "), start) else 0
                elif paragraph is self.paper.sent_to[0]:
                    continue
                self._list_of(start, cell.end)

    def _list_of(self, start: int, end: int) -> None:
        """ "Giám đốc các sở: Xây dựng, Tài chính" names each."""
        many = re.compile(r"(?:giám đốc |lãnh đạo |thủ trưởng )?các sở ?: ?").match(
            self.paper.shade, start, end
        )
        if many:
            for part in re.compile(r"[^,;]+(?:, thể thao và du lịch)?").finditer(
                self.paper.text, many.end(), end
            ):
                begin = part.start() + len(part[0]) - len(part[0].lstrip())
                name = " ".join(part[0].split())
                if name:
                    actor = Actor(
                        begin, part.start() + len(part[0].rstrip()), f"Sở {name}", "named", "named", 0.85
                    )
                    self.addressees.append(AddresseeFound(actor, None))
            return
        found, _reached = self.actors.at(start, end)
        if not found and start < end:
            stop = end - 1 if self.paper.text[end - 1] in ";.,:" else end
            name = self.paper.text[start:stop].strip()
            if name:
                found = [Actor(start, start + len(name), name, "group", "loose", 0.6)]
        self.addressees += [AddresseeFound(actor, None) for actor in found]

    # -- points -----------------------------------------------------------------

    def _read_node(self, node: Node) -> None:
        above = next((self._heads[id(one)] for one in node.ancestors() if id(one) in self._heads), [])
        for start, end in node.pieces:
            if start >= end:
                continue
            self.deadlines += [(term, node) for term in self.terms.within(start, end)]
            given = self._heading(start, end, node)
            if given:
                self._heads[id(node)] = above = given
                continue
            if self._labelled(start, end, node):
                continue
            self._read_stretch(start, end, node, above)

    def _labelled(self, start: int, end: int, node: Node) -> bool:
        """ "Rà soát …. Chủ trì: Sở A. Phối hợp: Sở B. Thời gian: quý IV." The words before belong to the first label.

        A paragraph of labels alone belongs to the task told before it.
        """
        first = _FIRST_LABEL.match(self.paper.shade, start, end)
        labels = [*([first] if first else []), *_LABELS.finditer(self.paper.shade, start, end)]
        alone = first is not None and node.kind == "dash" and node.parent is not None
        if not alone and not any(match["label"] in ("chủ trì", "thực hiện") for match in labels):
            return False
        home = node.parent if alone and node.parent else node
        before = self._trimmed(start, labels[0].start())
        last = self.tasks[-1] if self.tasks and self.tasks[-1].node is home else None
        if before > start or last is None:
            last = TaskFound(
                *((start, before) if before > start else home.pieces[0]), home, [], "labelled", 0.85
            )
            self.tasks.append(last)
        for match, after in zip(labels, [*labels[1:], None], strict=True):
            begin, stop = match.end(), self._trimmed(match.end(), after.start() if after else end)
            match match["label"]:
                case "chủ trì" | "thực hiện":
                    last.lead = self._in_cell(begin, stop)
                    self.addressees += [AddresseeFound(actor, node) for actor in last.lead]
                case "phối hợp":
                    last.support = self._in_cell(begin, stop)
                case "thời gian" | "thời hạn":
                    found = self.terms.within(begin, stop, cell=True)
                    last.due = found[0] if found else None
                    known = {term.start for term, _node in self.deadlines}
                    self.deadlines += [(term, node) for term in found if term.start not in known]
                case _:
                    last.product = (begin, stop)
        return True

    def _heading(self, start: int, end: int, node: Node) -> list[Actor]:
        """Who a heading names, where it names nothing else."""
        at = start
        if self.paper.is_capitals(start, end):
            return []
        duty = _DUTY_OF.match(self.paper.shade, at, end)
        assign = self.words.assigning.match(self.paper.shade, at, end)
        at = duty.end() if duty else at
        if assign and not duty:
            at = _GLUE.match(self.paper.shade, assign.end(), end).end()  # type: ignore[union-attr]
        stop = end
        while stop > at and self.paper.text[stop - 1] in " .:;/":
            stop -= 1
        found, reached = self.actors.at(at, stop)
        if found:
            tail = _DUTY.match(self.paper.shade, reached, stop)
            reached = tail.end() if tail else reached
        if (not found or reached < stop) and (duty or assign or self._may_head(node, at, stop, end)):
            found, reached = self.actors.loose_at(at, stop)
            if found and (tail := _DUTY.match(self.paper.shade, reached, stop)):
                reached = tail.end()
        if not found or reached < stop:
            return []
        self.addressees += [AddresseeFound(actor, node) for actor in found]
        return found

    def _may_head(self, node: Node, start: int, stop: int, end: int) -> bool:
        """A short heading that opens a list, or stands where its neighbours name who must act."""
        shade = self.paper.shade[start:stop]
        if (
            len(shade.split()) > 12
            or self.paper.is_capitals(start, stop)
            or not self.paper.text[start : start + 1].isupper()
        ):
            return False
        beside = any(
            id(other) in self._heads
            for other in self.outline.nodes
            if other.parent is node.parent and other is not node
        )
        return beside or self.paper.text[stop:end].startswith(":")

    def _read_stretch(self, start: int, end: int, node: Node | None, above: list[Actor]) -> None:
        open_task: TaskFound | None = None
        first = True
        for begin, stop in self._clauses(start, end):
            opened = self._opened(begin, stop, node)
            if opened:
                actors, at, rule = opened
                self.addressees += [AddresseeFound(actor, node) for actor in actors]
                if rule == "heading":
                    above, open_task = actors, None
                    if node is not None:
                        self._heads[id(node)] = actors
                    continue
                open_task = self._task(at, stop, node, actors, rule)
            elif open_task is not None:
                open_task.end = self._trimmed(open_task.start, stop)
            elif above and first:
                open_task = self._task(begin, stop, node, above, "under-heading")
            first = False

    def _clauses(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Sentences, parted further where a new assignment begins inside one."""
        for begin, stop in sentences_of(self.paper.text, start, end):
            cuts = [begin]
            for count, match in enumerate(_CLAUSE.finditer(self.paper.shade, begin, stop)):
                if count >= _MOST_CLAUSES:
                    break
                if self._opened(match.end(), stop, None, sure=True):
                    cuts.append(match.end())
            about = _ABOUT.match(self.paper.text, begin, stop)
            if about and self._opened(about.end(), stop, None, sure=True):
                cuts.append(about.end())
            for match in _WITHIN.finditer(self.paper.shade, begin, stop):
                assign = self.words.assigning.search(self.paper.shade, match.end(), stop)
                if assign and self._opened(assign.start(), stop, None, sure=True):
                    cuts.append(assign.start())
            cuts = sorted(set(cuts))
            yield from zip(cuts, [*cuts[1:], stop], strict=True)

    def _opened(
        self, start: int, stop: int, node: Node | None, *, sure: bool = False
    ) -> tuple[list[Actor], int, str] | None:
        """Who is given something at the beginning of a clause, where the something begins, and by which rule."""
        if self.paper.is_capitals(start, stop):
            return None
        assign = self.words.assigning.match(self.paper.shade, start, stop)
        at = start
        if assign:
            at = _GLUE.match(self.paper.shade, assign.end(), stop).end()  # type: ignore[union-attr]
        found, reached = self.actors.at(at, stop)
        work = self._work_at(reached, stop)
        if found and work is None and not self.actors.loose_at(at, stop)[0]:
            work = self._work_at(reached, stop, named=all(map(_has_own_name, found)))
        if found and assign and work is None and self.paper.text[reached : reached + 1] == " ":
            work = reached + 1  # "Giao Sở A việc …"
        if not found and assign and assign[0].startswith("giao") and (given := self._given_to(at, stop)):
            return given, at, "assigned"
        if not found or (work is None and not self._is_over(reached, stop)):
            if sure and not assign:
                return None
            found, reached = self.actors.loose_at(at, stop)
            work = self._work_at(reached, stop)
        if not found:
            return None
        if work is None:
            return (found, reached, "heading") if self._is_over(reached, stop) and node is not None else None
        return found, work, "assigned" if assign else "subject"

    def _given_to(self, start: int, stop: int) -> list[Actor]:
        """ "Giao chỉ tiêu … cho Ủy ban nhân dân các xã": who stands after what."""
        for match in _TO.finditer(self.paper.shade, start, min(stop, start + _REACH)):
            found, _end = self.actors.at(match.end(), stop)
            if found:
                return found
        return []

    def _is_over(self, place: int, stop: int) -> bool:
        tail = _DUTY.match(self.paper.shade, place, stop)
        return not self.paper.text[tail.end() if tail else place : stop].strip(" .:;/")

    def _work_at(self, place: int, stop: int, *, named: bool = False) -> int | None:
        """Where the work begins that is told right after the actors."""
        duty = _DUTY.match(self.paper.shade, place, stop)
        at = _GLUE.match(self.paper.shade, duty.end() if duty else place, stop).end()  # type: ignore[union-attr]
        if at >= stop:
            return None
        if self.words.verb.match(self.paper.shade, at, stop):
            return place + 1 if duty and self.words.empty.match(self.paper.shade, place + 1, stop) else at
        if duty or ":" in self.paper.text[place:at]:
            return at
        named = named and self.paper.text[at].islower() and self.paper.text[place:at] == " "
        return at if named and not _TOLD.match(self.paper.shade, at, stop) else None

    def _task(
        self, start: int, stop: int, node: Node | None, lead: list[Actor], rule: str
    ) -> TaskFound | None:
        end = self._trimmed(start, stop)
        if end <= start or self.words.empty.match(self.paper.shade, start, end):
            return None
        if rule == "under-heading" and self.paper.is_capitals(start, end):
            return None
        trust = (
            {"assigned": 0.92, "subject": 0.88, "under-heading": 0.85}[rule]
            * min(a.confidence for a in lead)
            / 0.95
        )
        task = TaskFound(start, end, node, lead, rule, round(min(trust, 0.95), 2))
        self.tasks.append(task)
        return task

    def _trimmed(self, start: int, end: int) -> int:
        while end > start and self.paper.text[end - 1] in " .;:,/\n":
            end -= 1
        return end

    def _read_loose(self, start: int, end: int) -> None:
        """Outside the outline only a plain order counts."""
        self.deadlines += [(term, None) for term in self.terms.within(start, end)]
        for begin, stop in self._clauses(start, end):
            if not self.words.assigning.match(self.paper.shade, begin, stop):
                continue
            opened = self._opened(begin, stop, None)
            if opened:
                actors, at, rule = opened
                self.addressees += [AddresseeFound(actor, None) for actor in actors]
                task = self._task(at, stop, None, actors, rule)
                if task:
                    task.confidence = 0.6

    # -- tables -----------------------------------------------------------------

    def _read_row(self, node: Node) -> None:
        def cell(name: str) -> tuple[int, int] | None:
            place = node.columns.get(name)
            found = node.cells[place] if place is not None and place < len(node.cells) else None
            return found if found and found[0] < found[1] else None

        start, end = node.pieces[0]
        task = TaskFound(start, self._trimmed(start, end), node, [], "row", 0.9)
        if place := cell("lead"):
            task.lead = self._in_cell(*place)
            self.addressees += [AddresseeFound(actor, node) for actor in task.lead]
        if place := cell("support"):
            task.support = self._in_cell(*place)
        if place := cell("due"):
            found = self.terms.within(*place, cell=True)
            self.deadlines += [(term, node) for term in found]
            task.due = found[0] if found else None
        task.product = cell("product")
        if task.lead or task.due or task.product:
            self.tasks.append(task)

    def _in_cell(self, start: int, end: int) -> list[Actor]:
        found: list[Actor] = []
        for part in re.compile(r"[^;]+").finditer(self.paper.text, start, end):
            begin = part.start() + len(part[0]) - len(part[0].lstrip())
            actors, reached = self.actors.at(begin, part.end())
            if not actors or self.paper.text[reached : part.end()].strip(" .,"):
                name = part[0].strip(" .,")
                actors = [Actor(begin, begin + len(name), name, "group", "loose", 0.8)] if name else []
            found += actors
        return found

    # -- what goes with a task ----------------------------------------------------

    def _complete(self, task: TaskFound) -> None:
        shade = self.paper.shade
        if task.rule not in ("row", "labelled"):
            found = self.terms.within(task.start, task.end)
            task.due = found[0] if found else self._inherited(task)
            for match in _SUPPORT.finditer(shade, task.start, task.end):
                task.support, _end = self.actors.at(match.end(), task.end)
                if task.support:
                    break
            product = self.words.product.search(shade, task.start, task.end)
            task.product = product.span("product") if product else None
        task.topic = topic_of(shade[task.start : task.end], self.paper.lexicon)

    def _inherited(self, task: TaskFound) -> Term | None:
        """A term told by the heading above holds for what stands under it."""
        for node in task.node.ancestors() if task.node else []:
            if node.pieces and (found := self.terms.within(*node.pieces[0])):
                return found[0]
        return None


def _has_own_name(actor: Actor) -> bool:
    """ "Sở Nội vụ", but not "chi bộ" at the start of a sentence."""
    return actor.scope == "named" and any(letter.isupper() for letter in actor.name[1:])
