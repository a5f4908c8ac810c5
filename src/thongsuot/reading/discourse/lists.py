"""Items of a list, read by the frame that opened it."""

from thongsuot.reading.discourse.frames import Frame
from thongsuot.reading.discourse.notes import Notes, Part
from thongsuot.reading.discourse.pieces import Piece, without_lead
from thongsuot.reading.discourse.sides import Speaker
from thongsuot.reading.discourse.telling import Telling


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
                    without_lead(self.page.text, self.page.shade, piece),
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
        for piece in self.clauses.cut(start, end):
            if self.clauses.is_praise(piece):
                continue
            promise = self.clauses.promise_in(piece) or (piece if self.clauses.taken_up_in(piece) else None)
            if promise and not self.telling.is_others_task(piece, speaker):
                self.notes.add("commitment", promise, speaker, None, "commitment.listed", 0.85)
                continue
            piece = self.clauses.without_cue(piece)
            owned = self.clauses.task(piece, explicit=True)
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
