"""Requests repeated as the heading of their answer: "Đối với đề nghị của phường X về Y: thống nhất, giao Z ..." """

import re
from dataclasses import dataclass

from thongsuot.reading.discourse.actors import Actor, Actors
from thongsuot.reading.discourse.clauses import Clauses
from thongsuot.reading.discourse.pieces import Piece, trim
from thongsuot.reading.discourse.sides import COMMUNE, Sides
from thongsuot.reading.page import Block, Page

_ABOUT_REQUESTS = re.compile(
    r"^(?:các |những |một số |nội dung |phần )*(?:về|đối với|ý kiến|trả lời|giải quyết|xử lý|giải đáp"
    r"|phúc đáp|cho ý kiến|xem xét|hướng xử lý|hướng giải quyết|tiếp thu)\b"
    r".*\b(?:kiến nghị|đề xuất|đề nghị|nguyện vọng|phản ánh)\b|^(?:\S+ ){0,3}(?:trả lời|giải đáp|phúc đáp)$"
)
_LEAD = re.compile(
    r"(?:đối với |về |liên quan (?:đến )?|riêng |với )?(?:việc |nội dung )?(?:(?:các |những |một số )?(?:đề nghị"
    r"|kiến nghị|đề xuất|ý kiến|phản ánh|nguyện vọng|mong muốn)(?= |$) ?)?(?:(?:của|từ) )?"
)
_CUE = re.compile(
    r",? ?(?:cùng |đều |còn |cũng |có ý kiến |có )?(?P<cue>đề nghị|kiến nghị|đề xuất|đề đạt|"
    r"xin|mong muốn|mong|nêu|phản ánh"
    r"|hỏi|băn khoăn|trình|cho biết|báo cáo|than phiền|thắc mắc)\b(?: về| việc| được| phép| rằng)*:? ?"
)
_ABOUT = re.compile(r" ?(?:về việc |về |việc |được |xin phép |xin |là |rằng )")
_BY_WHOM = re.compile(
    r",? (?:theo (?:đề nghị|kiến nghị|đề xuất)|mà|do|của) (?:của )?(?P<who>[^:,;]{3,60}?)(?: nêu"
    r"| đề nghị| kiến nghị| đề xuất)?$"
)
_TELLING = frozenset({"nêu", "phản ánh", "băn khoăn", "cho biết", "báo cáo", "than phiền"})
_ASKING_NOTHING = frozenset({"hỏi", "thắc mắc"})


@dataclass(frozen=True)
class Asked:
    """What was asked, by whom, and where the answer begins."""

    act: str | None  # request | difficulty; None for a bare question
    piece: Piece | None
    asker: str | None
    answer: int


def is_about_requests(heading: str) -> bool:
    return bool(_ABOUT_REQUESTS.search(heading))


class Answers:
    def __init__(self, page: Page, actors: Actors, sides: Sides, clauses: Clauses) -> None:
        self.page, self.actors, self.sides, self.clauses = page, actors, sides, clauses

    def asked(self, block: Block, colon: int, asker: str | None) -> Asked | None:
        """The request at the head of a block: before its colon, or its first sentence."""
        sentences = self.page.sentences_in(block)
        if not sentences:
            return None
        first_end = sentences[0][1]
        end = colon if 0 < colon <= first_end else 0
        lead = _LEAD.match(self.page.shade, block.body)
        place = lead.end() if lead else block.body
        actor = self._asker(place)
        cue = _CUE.match(self.page.shade, actor.end) if actor else None
        if actor and cue and cue["cue"] not in ("trình", "báo cáo"):
            return self._by_actor(actor, cue, end, first_end)
        if not end or place == block.body:
            return None
        return self._labelled(place, actor, end, asker)

    def _asker(self, place: int) -> Actor | None:
        actor = self.actors.starting_at(place)
        if actor is None or actor.person or (self.sides.rank_of(actor) or COMMUNE) > COMMUNE:
            return None
        return actor

    def _by_actor(self, actor: Actor, cue: re.Match[str], colon: int, sentence: int) -> Asked:
        """ "Xã A xin X: thống nhất", "UBND phường B nêu: Y. Về việc này, ..." """
        end = colon if colon > cue.end() + 8 else sentence
        piece = trim(self.page.text, cue.end(), end)
        name = self.actors.name_of(actor)
        if cue["cue"] in _ASKING_NOTHING or piece is None:
            return Asked(None, None, name, end)
        telling = cue["cue"] in _TELLING and self.clauses.trouble(piece, strong=True)
        act = "difficulty" if telling or (colon and colon <= cue.end() + 1) else "request"
        return Asked(act, piece, name, end)

    def _labelled(self, place: int, actor: Actor | None, colon: int, asker: str | None) -> Asked | None:
        if actor and actor.end < colon - 2:
            asker = self.actors.name_of(actor)
            about = _ABOUT.match(self.page.shade, actor.end)
            place = about.end() if about else actor.end
        else:
            about = _ABOUT.match(self.page.shade, place)
            place = about.end() if about and actor is None else place
        piece = trim(self.page.text, place, colon - 1)
        if piece is None or (actor and actor.end >= colon - 2):
            return None
        by = _BY_WHOM.search(self.page.shade[piece.start : piece.end])
        teller = self.actors.starting_at(piece.start + by.start("who")) if by else None
        if by and teller and (self.sides.rank_of(teller) or 0) <= COMMUNE:
            asker = self.actors.name_of(teller)
            piece = trim(self.page.text, piece.start, piece.start + by.start()) or piece
        return Asked("request", piece, asker, colon)
