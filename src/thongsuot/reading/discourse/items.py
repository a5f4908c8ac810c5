"""Proposals, directions and commitments, read sentence by sentence while following who speaks."""

import re
from collections.abc import Iterator

from thongsuot.reading.discourse.acts import Acts
from thongsuot.reading.discourse.answers import Asked
from thongsuot.reading.discourse.asked_tables import AskedTables
from thongsuot.reading.discourse.frames import Frame, FrameReader
from thongsuot.reading.discourse.lists import Lists
from thongsuot.reading.discourse.notes import Item, Notes, Part
from thongsuot.reading.discourse.openings import Opening
from thongsuot.reading.discourse.sides import COMMUNE, Speaker
from thongsuot.reading.discourse.telling import Telling
from thongsuot.reading.discourse.turns import Turns
from thongsuot.reading.discourse.voices import Voices
from thongsuot.reading.page import Block, Kind

_CLOSING = re.compile(
    r"(?:kính trình|kính báo|trân trọng (?:báo cáo|kính|cảm ơn|\./)|xin trân trọng|"
    r"[^.;:]{0,60} (?:kính báo|kính trình|xin báo cáo"
    r"|trân trọng báo cáo)(?! như)|biên bản (?:gồm|lập|kết thúc|được|này)|trên đây|công văn này|thông báo này"
    r"|văn phòng [^.]{0,50} thông báo (?:để|đến|tới)|trong quá trình (?:triển khai "
    r"|tổ chức )?thực hiện,? nếu|(?:cuộc họp|buổi làm việc|buổi giám sát|hội nghị) kết thúc)"
)
_GUEST = re.compile(r"\b(?:dự|tham dự|tới dự|đến dự|về dự)(?:,| và)")
_CONTRAST = re.compile(
    r"(?:đi vào mặt|tuy nhiên|tuy vậy|bên cạnh (?:đó|những|kết quả)|dù vậy|song|về khó khăn|khó khăn"
    r"|hạn chế|mặc dù|dù |trong khi đó|ngoài ra|cùng với đó|cạnh đó|thực tế|trên thực tế|riêng)"
)


class ItemReader(Part):
    def __init__(self, notes: Notes, frames: FrameReader) -> None:
        super().__init__(notes)
        self.frames = frames
        self.turns, self.acts, self.telling = Turns(notes), Acts(notes), Telling(notes)
        self.lists = Lists(notes, self.telling)
        self.tables = AskedTables(notes)
        self.voices = Voices(self.turns, notes.page.official)
        self._first = next((b.start for b in notes.page.blocks if b.kind == Kind.BODY), 0)

    def read(self) -> list[Item]:
        for block in self.page.blocks:
            if block.kind in (Kind.BODY, Kind.ITEM, Kind.HEADING):
                self._block(block)
            elif block.kind == Kind.TABLE:
                self.tables.read(block, self.frames.current())
        return self.notes.unique()

    def _block(self, block: Block) -> None:
        frame = self.frames.enter(block)
        if frame.is_heading:
            self._before_list(block)
            return
        if block.kind == Kind.HEADING:
            return
        if frame.asked:
            self._asked(frame.asked)
        self._enter(frame)
        self.voices.enter(block)
        sentences = (
            self.page.sentences_in(block) if frame.start <= block.body else self._rest(block, frame.start)
        )
        for start, end in sentences:
            self._sentence(start, end, frame)

    def _asked(self, asked: Asked) -> None:
        if asked.act is None or asked.piece is None:
            return
        asker = Speaker(asked.asker, None, False)
        for piece in self.clauses.cut(asked.piece.start, asked.piece.end, commas=asked.act == "request"):
            self.notes.add(asked.act, piece, asker, None, f"{asked.act}.answered", 0.85)

    def _before_list(self, block: Block) -> None:
        """A paragraph may say more before the sentence that opens a list."""
        sentences = self.page.sentences_in(block)
        if block.kind != Kind.BODY or len(sentences) < 2:
            return
        for start, end in sentences[:-1]:
            self._sentence(start, end, Frame())

    def _goes_on(self, frame: Frame) -> bool:
        """A paragraph that turns to what is lacking still has the last speaker."""
        return bool(_CONTRAST.match(self.page.shade, frame.start))

    def _rest(self, block: Block, start: int) -> list[tuple[int, int]]:
        return [(max(a, start), b) for a, b in self.page.sentences_in(block) if b > start]

    def _enter(self, frame: Frame) -> None:
        """A list item begins with the speaker and act of its frame."""
        if frame.act is None and frame.speaker is None:
            if self.page.official and frame.neutral:
                self.state.begin()
            elif not self.state.concluding and not self._goes_on(frame):
                self.state.mode = None
            return
        speaker = frame.speaker or self.state.speaker
        self.state.begin(speaker, frame.act, frame.addressee, concluding=frame.act == "direction")

    def _sentence(self, start: int, end: int, frame: Frame) -> None:
        if self.scan.has("closing", start, end) and _CLOSING.match(self.page.shade, start, end):
            return
        self._hear_quote(start)
        listed = frame.act if frame.listed else None
        openings = self.turns.heard(start, end, frame)
        quoted = next((place for place, opening in enumerate(openings) if opening.after_quote), None)
        if quoted is not None and all(
            o.subject is None or not o.subject.is_person for o in openings[:quoted]
        ):
            self._quoted(openings[quoted], start)
            openings = openings[quoted + 1 :]
            start = openings[0].start if openings else end
        if listed and not self._speaks_anew(openings, start):
            self.lists.listed(start, end, frame)
            return
        if not openings:
            if not self._introduced(start, end):
                self._continued(start, end)
            return
        first = openings[0]
        if first.start - start > 25 and first.subject and first.cue != "theo":
            self._before_first(start, first)
        for place, opening in enumerate(openings):
            finish = openings[place + 1].start if place + 1 < len(openings) else end
            self._opened(opening, finish, start)

    def _hear_quote(self, start: int) -> None:
        """A quotation belongs to whom it is given afterwards."""
        speaker = self.voices.of_quote(start)
        known = self.state.speaker
        if speaker and (known is None or known.name != speaker.name):
            self.state.begin(speaker, "told", concluding=self.state.concluding and speaker.superior)

    def _introduced(self, start: int, end: int) -> bool:
        found = self.voices.introduced(start, end, opening=self.page.block_at(start).start == self._first)
        if found is None:
            return False
        speaker, begins = found
        known = self.state.speaker
        if known is None or known.name != speaker.name:
            self.state.begin(speaker, "told")
        self.state.mode = self.state.mode or "told"
        if begins < end:
            self.telling.told(speaker, begins, end)
        return True

    def _speaks_anew(self, openings: list[Opening], start: int) -> bool:
        return any(
            o.person is not None and o.act in ("order", "ask", "say", "promise", "complain") for o in openings
        )

    def _before_first(self, start: int, first: Opening) -> None:
        """ "Riêng phường X ..., bà giao ...": nothing; a full clause before a second speaker belongs to the first."""
        if self.state.speaker and self.page.shade[start : first.start].rstrip().endswith(";"):
            self._continued(start, first.start)

    def _opened(self, opening: Opening, end: int, sentence: int) -> None:
        speaker = self.turns.speaker(opening)
        start = opening.end
        self.state.speaker = speaker
        same = self.state.speaker is not None and (
            speaker.name == self.state.speaker.name or self.state.speaker.name is None
        )
        concluding = opening.act == "conclude" or (
            self.state.concluding and same and speaker.person is not None
        )
        concluding = concluding and not _GUEST.search(self.page.shade[sentence:start])
        self.state.speaker = speaker
        self.state.concluding = concluding and (speaker.superior or opening.act == "conclude")
        act = self.acts.act(opening, speaker, start, end)
        self.state.mode = "told" if opening.act == "praise" and speaker.superior else act
        if act in ("direction", "request"):
            topic = self.clauses.topic_of(sentence, opening.start) if act == "direction" else None
            about = self.actors.name_of(topic) if topic else None
            self.telling.tasks(act, speaker, start, end, f"{act}.{opening.act}", about)
        elif act == "commitment":
            self.telling.promised(speaker, opening, start, end)
        elif act == "difficulty":
            colon = self.page.shade.find(": ", start, min(end, start + 140))
            start = colon + 2 if colon >= 0 else start  # "phản ánh tâm tư bà con: ..."
            self.telling.troubles(speaker, start, end, strong=False, rule="difficulty.complaint")
        elif act == "told" or (opening.act == "conclude" and self.page.shade.startswith(":", start)):
            self.telling.told(speaker, start, end)

    def _continued(self, start: int, end: int) -> None:
        speaker = self._speaker_of_trouble(start, end) or self.state.speaker
        if speaker is None or speaker.name is None:
            return
        if speaker.superior:
            if self.state.mode in ("direction", "told") or self.state.concluding:
                for piece in self.clauses.cut(start, end):
                    self.telling.told_piece(speaker, piece)
            return
        if self.state.mode in ("told", "difficulty", "request"):
            self.telling.told(speaker, start, end)

    def _speaker_of_trouble(self, start: int, end: int) -> Speaker | None:
        """ "Cả hai xã đều ... Khó khăn nổi lên là ...": told of the units the paragraph is about."""
        if (self.state.speaker and self.state.mode and not self.state.speaker.superior) or not self.scan.has(
            "trouble ahead", start, end
        ):
            return None
        first = next(iter(self.clauses.cut(start, end, commas=False)), None)
        if first is None or not self.clauses.introduces_trouble(first):
            return None
        block = self.page.block_at(start)
        for actor in self.actors.between(max(0, block.start - 300), start):
            named = actor.quantified or actor.kind in ("unit", "body")
            if named and not actor.is_person and self.sides.rank_of(actor) == COMMUNE:
                self.state.mode = "told"
                self.state.speaker = self.sides.speaker(actor, None)
                return self.state.speaker
        return None

    def _quoted(self, opening: Opening, start: int) -> None:
        """What stands before "..., ông Quang hứa"."""
        speaker = self.turns.speaker(opening)
        self.state.speaker = speaker
        if opening.act == "promise":
            for piece in self.clauses.cut(start, opening.start, commas=False):
                self.notes.add("commitment", piece, speaker, None, "commitment.quoted", 0.85)
            return
        self.state.mode = "told"
        for a, b in _quoted_sentences(self.page.shade, start, opening.start):
            if opening.act == "complain":
                self.telling.troubles(speaker, a, b, strong=False, rule="difficulty.quoted")
            else:
                self.telling.told(speaker, a, b)


def _quoted_sentences(shade: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for match in re.finditer(r"[.!?…] +(?=[\"“]?[^\W\d_])", shade[start:end]):
        yield begin, start + match.start()
        begin = start + match.end()
    yield begin, end
