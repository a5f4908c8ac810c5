"""Items of a list, read by the frame that opened it."""

import re

from thongsuot.reading.discourse.frames import Frame
from thongsuot.reading.discourse.notes import Notes, Part
from thongsuot.reading.discourse.pieces import Piece
from thongsuot.reading.discourse.sides import Speaker
from thongsuot.reading.discourse.telling import Telling

_LABEL = re.compile(
    r"(?P<lead>(?:(?:đối với|về|riêng|với|phần|việc|vấn đề) )?)[^:;.]{3,90}: (?=[^\W\d_])"
    r"|(?P<topic>(?:đối với|về|riêng về|riêng đối với) )[^:;.,]{3,90}, (?=[^\W\d_])"
)
_VERDICT = re.compile(
    r"(?:cơ bản )?(?:thống nhất|đồng ý|nhất trí|chấp thuận|tán thành)(?! giao)\b|(?:không|"
    r"chưa) (?:xem xét|đồng ý|thống nhất"
    r"|thuộc|giải quyết|có cơ sở|chấp thuận)|đã (?:được|có|nằm|giao|quy định|trả lời)|"
    r"(?:nội dung|việc|vấn đề) này\b(?! (?:giao|yêu cầu))"
)


class Lists(Part):
    def __init__(self, notes: Notes, telling: Telling) -> None:
        super().__init__(notes)
        self.telling = telling

    def listed(self, start: int, end: int, frame: Frame) -> None:
        speaker = frame.speaker or self.state.speaker or Speaker(None, None, False)
        if frame.act == "difficulty":
            for piece in self.clauses.cut(start, end, commas=False):
                self.notes.add(
                    "difficulty",
                    self.clauses.cutter.without_lead(piece),
                    speaker,
                    None,
                    "difficulty.listed",
                    0.85,
                )
            return
        if frame.act == "request":
            self._listed_requests(start, end, frame, speaker)
            return
        if frame.act == "direction":
            self._listed_directions(start, end, frame, speaker)
        if frame.act == "commitment":
            self._listed_commitments(start, end, speaker)

    def _listed_commitments(self, start: int, end: int, speaker: Speaker) -> None:
        for piece in self.clauses.cut(start, end, commas=False):
            promise = self.clauses.promise_in(piece) or self.clauses.bare(piece)
            self.notes.add("commitment", promise, speaker, None, "commitment.listed", 0.8)

    def _without_label(self, start: int, end: int) -> tuple[int, str | None]:
        """ "Đối với việc thiếu người: ..." inside a paragraph; a body in the label has the task."""
        label = _LABEL.match(self.page.shade, start, end)
        if not label:
            return start, None
        bare = not label["lead"] and not label["topic"]
        if bare and (self.actors.starting_at(start) or not self.actors.starting_at(label.end())):
            return start, None
        head = label.end("topic") if label["topic"] else label.end("lead")
        actor = self.actors.starting_at(head)
        whole = actor and not actor.is_person and actor.end >= label.end() - 3
        return label.end(), self.actors.name_of(actor) if actor and whole else None

    def _listed_requests(self, start: int, end: int, frame: Frame, speaker: Speaker) -> None:
        named = frame.addressee
        for piece in self.clauses.cut(start, end):
            piece = self.clauses.without_cue(piece)
            place, addressee = self.clauses.take_addressee(piece.start, piece.end, direction=True)
            if addressee:
                named = self.actors.name_of(addressee)
            self.notes.add(
                "request", self.clauses.bare(Piece(place, piece.end)), speaker, named, "request.listed", 0.9
            )

    def _listed_directions(self, start: int, end: int, frame: Frame, speaker: Speaker) -> None:
        named = frame.addressee
        if "cho thấy" in self.page.shade[start : min(end, start + 60)]:
            return
        start, labelled = self._without_label(start, end)
        named = labelled or named
        for piece in self.clauses.cut(start, end, nouns=False):
            if self.clauses.is_praise(piece) or (
                frame.answers and _VERDICT.match(self.page.shade, piece.start)
            ):
                continue
            promise = self.clauses.promise_in(piece) or (piece if self.clauses.taken_up_in(piece) else None)
            promise = promise or (self.telling.pledges.pledged(piece, speaker) if speaker.person else None)
            if promise and not self.telling.is_others_task(piece, speaker):
                self.notes.add("commitment", promise, speaker, None, "commitment.listed", 0.85)
                continue
            bare_start = piece.start
            piece = self.clauses.without_cue(piece)
            owned = self.clauses.task(piece, explicit=not frame.answers or piece.start != bare_start)
            if owned is None and frame.answers:
                owned = self.clauses.closing_task(piece)
            if owned is None:
                continue
            if owned.addressee and self.clauses.is_visitor(owned.addressee):
                self.notes.add("commitment", piece, speaker, None, "commitment.listed", 0.8)
                continue
            if owned.addressee:
                named = self.actors.name_of(owned.addressee)
            whose = None if owned.whole and frame.addressee is None and owned.addressee is None else named
            self.notes.add(
                "direction", self.clauses.bare(owned.piece), speaker, whose, "direction.listed", 0.9
            )
