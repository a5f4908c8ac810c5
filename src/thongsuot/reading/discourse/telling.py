"""What is said, piece by piece: tasks, promises, troubles and wishes."""

import re
from dataclasses import replace

from thongsuot.reading.discourse.notes import Notes, Part
from thongsuot.reading.discourse.openings import Opening
from thongsuot.reading.discourse.pieces import Piece, trim
from thongsuot.reading.discourse.pledges import Pledges
from thongsuot.reading.discourse.sides import COMMUNE, PROVINCE, Speaker

_HERE = r"(?:xã|phường|đặc khu|địa phương|đơn vị|chúng tôi|chúng tui|bà con|người dân|dân|tôi|thôn|ấp|khu phố|làng)"
_ABOVE = r"(?:thành phố|tỉnh|trung ương|cấp trên|nhà nước|sở [^,;:]{3,30}?|ubnd tỉnh|ubnd thành phố)"
_THEN = re.compile(r",? thì (?=[^\W\d_])|, (?:xã|phường|chúng tôi|dân|địa phương) (?:có thể|đỡ|mới|sẽ|bớt)\b")
_WISH = re.compile(
    rf"^(?:điều )?(?:mong mỏi|mong muốn|nguyện vọng|ước nguyện|ước mong)(?: [^\W\d_]+){{0,5}} là "
    rf"|^(?:nếu được,? |giá như |giá mà |ước gì |phải chi |giá )(?:được )?"
    rf"|^{_HERE} (?:rất |cũng |chỉ |tha thiết )*(?:muốn|mong|mong muốn|cần|xin|đề nghị|"
    rf"kiến nghị|đề xuất|tha thiết mong|đề đạt) "
    rf"|^(?:rất |kính |tha thiết )?(?:mong muốn|mong|đề nghị|kiến nghị|đề xuất|chỉ xin|xin) "
    rf"|^(?=(?:{_ABOVE} )?(?:nên |phải |cũng phải |hãy )?(?:cho|giao|để lại cho|trả cho) (?:phép )?{_HERE} )"
    rf"|^(?=xã nên |phường nên )"
)


class Telling(Part):
    def __init__(self, notes: Notes) -> None:
        super().__init__(notes)
        self.pledges = Pledges(notes)

    def tasks(
        self, act: str, speaker: Speaker, start: int, end: int, rule: str, topic: str | None = None
    ) -> None:
        start, addressee = self.clauses.take_addressee(start, end, direction=act == "direction")
        named = self.actors.name_of(addressee) if addressee else topic
        self.state.addressee = named
        for place, piece in enumerate(self.clauses.cut(start, end)):
            if place:
                piece = self.clauses.without_cue(piece, asked=act == "request")
            if act == "direction" or place:
                owned = self.clauses.task(piece, explicit=True)
                if owned is None:
                    continue
                piece, whose = owned.piece, owned.addressee
                if whose:
                    named = self.actors.name_of(whose)
                    self.state.addressee = named
                elif owned.whole:
                    self.notes.add(act, piece, speaker, None, rule, 0.85)
                    continue
            if self._is_promise(piece, speaker, act):
                self.notes.add("commitment", piece, speaker, None, "commitment.will", 0.75)
                continue
            self.notes.add(act, self.clauses.bare(piece), speaker, named, rule, 0.9 if place == 0 else 0.85)

    def _is_promise(self, piece: Piece, speaker: Speaker, act: str) -> bool:
        return act == "direction" and self.clauses.is_own_promise(piece, speaker)

    def promised(self, speaker: Speaker, opening: Opening, start: int, end: int) -> None:
        for place, piece in enumerate(self.clauses.cut(start, end, commas=False)):
            will = self.clauses.promise_in(piece)
            if will is None and opening.subject and not opening.subject.is_person:
                piece = (
                    Piece(opening.start, piece.end)
                    if place == 0 and "sẽ" in self.page.shade[start:end]
                    else piece
                )
            self.notes.add(
                "commitment", will or self.clauses.bare(piece), speaker, None, "commitment.verb", 0.85
            )

    def told(self, speaker: Speaker, start: int, end: int) -> None:
        """Plain telling: promises of one's own side, troubles from below, demands from above."""
        introduced = False
        for piece in self.clauses.cut(start, end, commas=False):
            if introduced:
                self._trouble(speaker, piece, strong=False, rule="difficulty.introduced")
                continue
            introduced = not speaker.superior and self.clauses.introduces_trouble(piece)
            self.told_piece(speaker, piece)

    def told_piece(self, speaker: Speaker, piece: Piece) -> None:
        piece = self.clauses.cutter.without_lead(piece)
        pledge = self.pledges.pledged(piece, speaker)
        if pledge and not self.clauses.promise_in(piece):
            self.notes.add("commitment", pledge, speaker, None, "commitment.pledge", 0.75)
            return
        promise = self.clauses.promise_in(piece)
        if promise and not self.is_others_task(promise, speaker) and not speaker.is_voter:
            self.notes.add("commitment", promise, speaker, None, "commitment.will", 0.85)
            head = trim(self.page.text, piece.start, promise.start)
            if head is None or head.end - head.start < 30 or self.page.shade[promise.start - 2] != ",":
                return
            piece = head
        if speaker.superior and (
            speaker.rank != COMMUNE or self.state.concluding or self.state.mode == "direction"
        ):
            self._demanded(speaker, piece)
            return
        wish = _WISH.match(self.page.shade[piece.start : piece.end])
        if wish:
            place, addressee = self.clauses.take_addressee(
                piece.start + wish.end(), piece.end, direction=False
            )
            named = self.actors.name_of(addressee) if addressee else None
            result = _THEN.search(self.page.shade, place, piece.end)
            for wished in self.clauses.cut(place, result.start() if result else piece.end):
                whose = self._unit_of(speaker, piece)
                self.notes.add("request", self.clauses.bare(wished), whose, named, "request.wish", 0.7)
            return
        self._trouble(speaker, piece, strong=not speaker.is_voter, rule="difficulty.told")

    def _unit_of(self, speaker: Speaker, piece: Piece) -> Speaker:
        actor = self.actors.starting_at(piece.start)
        return replace(speaker, name=self.actors.name_of(actor)) if actor else speaker

    def is_others_task(self, piece: Piece, speaker: Speaker) -> bool:
        actor = self.actors.starting_at(piece.start)
        rank = self.sides.rank_of(actor) if actor and not actor.is_person else None
        return speaker.superior and rank == COMMUNE and speaker.rank != COMMUNE

    def _demanded(self, speaker: Speaker, piece: Piece) -> None:
        if self.clauses.taken_up_in(piece) and "phải" not in self.page.shade[piece.start : piece.end]:
            self.notes.add("commitment", piece, speaker, None, "commitment.taken-up", 0.75)
            return
        owned = self.clauses.task(piece, explicit=False) or (
            self.clauses.closing_task(piece) if self.state.concluding else None
        )
        if owned is None:
            return
        addressee = self.actors.name_of(owned.addressee) if owned.addressee else None
        if (
            owned.addressee
            and (self.sides.rank_of(owned.addressee) or 0) >= PROVINCE
            and self.clauses.is_own_side(owned.addressee, speaker)
        ):
            self.notes.add("commitment", piece, speaker, None, "commitment.own-side", 0.7)
            return
        if addressee is None and not owned.whole and owned.imperative:
            addressee = self.state.addressee
        self.state.addressee = addressee or self.state.addressee
        self.notes.add(
            "direction",
            self.clauses.bare(owned.piece),
            speaker,
            addressee,
            "direction.told",
            0.8 if owned.modal else 0.7,
        )

    def troubles(self, speaker: Speaker, start: int, end: int, *, strong: bool, rule: str) -> None:
        for piece in self.clauses.cut(start, end, commas=False):
            self._trouble(speaker, piece, strong=strong, rule=rule)

    def _trouble(self, speaker: Speaker, piece: Piece, *, strong: bool, rule: str) -> None:
        found = self.clauses.trouble(piece, strong=strong)
        words = self.page.shade[found.start : found.end].count(" ") + 1 if found else 0
        if found and (words > 3 or rule != "difficulty.told"):
            self.notes.add("difficulty", found, speaker, None, rule, 0.75 if not strong else 0.65)
