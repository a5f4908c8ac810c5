"""What somebody's own side takes on without the word "sẽ": "Sở nhận mở lớp", "Ngày 20-12 tổ công tác quay lại"."""

import re

from thongsuot.reading.discourse.actors import Actor
from thongsuot.reading.discourse.notes import Part
from thongsuot.reading.discourse.pieces import Piece
from thongsuot.reading.discourse.sides import COMMUNE, PROVINCE, Speaker

_ONESELF = frozenset({"tôi", "chúng tôi", "tui", "chúng tui"})
_ABOVE = frozenset({"sở", "ngành", "ban", "đoàn", "tổ", "cục", "chi cục", "công ty", "tỉnh", "thành phố"})
_HERE = frozenset(
    {"phường", "xã", "đặc khu", "địa phương", "đơn vị", "ubnd phường", "ubnd xã", "trung tâm", "trạm"}
)
_TAKES_ON = re.compile(
    r" (?:cũng |trực tiếp )?(?:nhận (?!\d|được|thấy|định|xét|thức|lỗi|khuyết|trách nhiệm về|"
    r"phần lỗi|lại|báo cáo|bàn giao|từ|hồ sơ)"
    r"|xin nhận (?!lỗi|khuyết|phần lỗi)|xin ghi nhận|ghi nhận(?:,| và) (?:sẽ|bố trí|tổng hợp|"
    r"đưa)|cam kết|cam đoan|xin hứa|hứa"
    r"|đồng ý (?:cho|đưa|bố trí|hỗ trợ|cấp|ứng|giao)|bảo đảm|đảm bảo|xin chịu trách nhiệm|"
    r"bắt buộc|quay lại|trở lại|sẵn sàng"
    r"|cho mở|đi làm việc|mang ra|đeo bám|theo đến cùng)\b"
)
_AHEAD = re.compile(
    r"\b(?:ngày mai|tuần (?:tới|sau|này)|tháng (?:tới|sau)|năm (?:tới|sau)|sang năm|"
    r"trước (?:ngày )?\d|trước tết|trong (?:tháng|quý|tuần) "
    r"|đến hết|hết (?:tháng|quý|năm)|từ (?:ngày )?\d{1,2}[-/]\d|kể từ|từ thứ|thứ \w+ (?:này|"
    r"tới)|(?:đầu|cuối|giữa) (?:tháng|quý|năm|tuần)"
    r"|quý (?:i|ii|iii|iv)\b|trong \d+ (?:ngày|tuần|tháng)|ngay trong|ngày \d{1,2}[-/]\d)"
)
_STANDING = re.compile(r"(?:thường trực|ban thường vụ|thường vụ|lãnh đạo) ")
_TOLD = re.compile(
    r" (?:đã|đang|vừa|từng|chưa|còn|có|là|cần|phải|nên|không|được|bị|rất|mới|đề nghị|kiến nghị|mong|xin)\b"
)
_REPORTED = re.compile(
    r"\b(?:đến nay|tới nay|tính đến|đến giữa|đến cuối tháng \d+,|vừa qua|năm qua|tháng qua|bình quân|đạt \d)|%"
)
_TIME_FIRST = re.compile(r"(?:ngày|trong|từ|đến|hết|quý|tháng|tuần|thứ|cuối|đầu|sang|sau|ngay)\b")


class Pledges(Part):
    def pledged(self, piece: Piece, speaker: Speaker) -> Piece | None:
        if speaker.is_voter or speaker.name is None:
            return None
        for actor in self.actors.between(piece.start, min(piece.start + 90, piece.end)):
            if (
                actor.end >= piece.end
                or not self._is_own(actor, speaker)
                or not self._heads_clause(actor, piece)
            ):
                continue
            if _TAKES_ON.match(self.page.shade, actor.end) or self._is_ahead(actor, piece):
                timed = _TIME_FIRST.match(self.page.shade, piece.start)
                return piece if timed else Piece(actor.start, piece.end)
            return None
        return None

    def _heads_clause(self, actor: Actor, piece: Piece) -> bool:
        before = self.page.shade[piece.start : actor.start]
        return before.strip() == "" or before.endswith(", ") or bool(_TIME_FIRST.match(before))

    def _is_own(self, actor: Actor, speaker: Speaker) -> bool:
        words = actor.text.lower()
        if words in _ONESELF:
            return True
        if actor.is_person or actor.quantified:
            return False
        superior = speaker.superior and (speaker.rank or 0) >= PROVINCE
        if (words in _HERE and speaker.rank == COMMUNE) or (words in _ABOVE and superior):
            return True
        if superior and self.clauses.is_visitor(actor):
            return True
        posts = speaker.person.posts if speaker.person else []
        bodies = [(body or "").lower() for _, body in posts]
        standing = _STANDING.match(words)
        core = words[standing.end() :] if standing else words
        return any(
            body and (words in body or (standing is not None and body.startswith(core))) for body in bodies
        )

    def _is_ahead(self, actor: Actor, piece: Piece) -> bool:
        if _TOLD.match(self.page.shade, actor.end) or self.page.shade[actor.end : actor.end + 1] != " ":
            return False
        if _STANDING.match(actor.text.lower()):
            return True
        if self.state.concluding or _REPORTED.search(self.page.shade, piece.start, piece.end):
            return False
        return bool(_AHEAD.search(self.page.shade, piece.start, piece.end))
