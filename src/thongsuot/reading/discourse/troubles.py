"""What is lacking, broken or slow: whether a clause tells of trouble."""

import re

from thongsuot.reading.discourse.actors import Actors
from thongsuot.reading.discourse.pieces import Cutter, Piece, trim
from thongsuot.reading.lexicon import Lexicon
from thongsuot.reading.lexicon.patterns import any_of

_INTRODUCED = re.compile(
    r"(?:(?:cái|điều|vấn đề|những|một trong những|một số|nổi lên|nhưng)? ?(?:khó|khó khăn|vướng mắc"
    r"|bất cập|trăn trở|hạn chế|tồn tại|lo ngại|băn khoăn|vướng|nỗi lo|áp lực|nguyên nhân|điểm nghẽn"
    r"|đáng lo)\b[^,.;:]{0,45}?(?: là(?: (?:ở|do|việc))?|:) )|[^,.;]{0,40}(?:khó khăn|con người"
    r"|hạ tầng|vướng mắc)[^,.;]{0,12}: "
)
_STRONG = re.compile(
    r"\b(?:chưa (?!kể|phát hiện|để xảy|xảy ra|từng)[^\W\d_]+|hỏng|chưa (?:có|được|đủ|biết|rõ|ai|đạt|thể"
    r"|kịp|nối|giải quyết|phù hợp|tương xứng|thống nhất|đồng bộ|đáp ứng|phê duyệt|bố trí|liên thông"
    r"|ổn định|hết|sát|cao|thông|khai thác|nhiều)|không (?:có|còn|đủ|kịp|xuể|đều|nói chuyện|họp|thể"
    r"|được|phù hợp|đáp ứng|tương xứng|liên thông|ổn định|mặn mà|biết|dám|rõ|thống nhất|tương thích)|"
    r"chỉ có|chỉ phủ|vỏn vẹn|mới chỉ|vẫn còn|đứt|dột|bồi lắng|thất lạc|hết khấu hao|lỏng lẻo|vất vả"
    r"|hư hỏng|cãi|bó tay|èo uột|tranh chấp|treo|phân tán|lòng vòng|ì ạch|rườm rà|đi lại|nhiều vòng"
    r"|gõ tay|gõ lại|phải nhập|phải đi|phải chờ|phải lo|phải vòng|phải kiêm|sạt lở|mất|chờ|quá ít"
    r"|quá nhiều|quá rộng|quá xa|quá đông|đầu tư dở|quá lớn|tăng gấp|tăng cao|đuối|oải|xin thôi|bỏ việc"
    r"|chuyển việc)\b"
)
_NO_TROUBLE = re.compile(
    r"\b(?:không để|không phát sinh|không có (?:vướng mắc|hồ sơ|trường hợp|đơn)|không còn (?:hồ sơ"
    r"|tình trạng)|đã (?:khắc phục|giải quyết|được khắc phục|tháo gỡ|hoàn thành|ổn định|xử lý)"
    r"|giảm (?:mạnh|rõ|còn)|không gián đoạn|không đứt quãng|tỷ lệ đúng hạn|kịp thời tháo gỡ"
    r"|tháo gỡ khó khăn|khắc phục khó khăn|vượt khó)\b"
)
_COUNT_ONLY = re.compile(r"trễ hẹn|\bhồ sơ\b.*\b(?:quá hạn|trễ|tồn|chưa)\b|\b(?:quá hạn|trễ)\b.*\bhồ sơ\b")
_SINCE = re.compile(r"(?:từ|kể từ|sau|từ sau) khi [^,;]{5,90}, ")


class Troubles:
    def __init__(self, cutter: Cutter, lexicon: Lexicon, actors: Actors) -> None:
        self.page, self.cutter, self.actors = cutter.page, cutter, actors
        self.scan = cutter.scan
        self._trouble_words = any_of(lexicon.discourse["trouble"], before=r"\b", after=r"\b")

    def trouble(self, piece: Piece, *, strong: bool) -> Piece | None:
        piece = self._without_riêng(self.cutter.without_lead(piece))
        shade = self.page.shade[piece.start : piece.end]
        introduced = self._introduction(piece)
        if introduced:
            return trim(self.page.text, introduced.end(), piece.end) or piece
        if not strong:
            return self._complained(piece, shade)
        troubled = self.scan.has("trouble", piece.start, piece.end) and self._trouble_words.search(shade)
        if not troubled and not _STRONG.search(shade):
            return None
        if _NO_TROUBLE.search(shade) or (_COUNT_ONLY.search(shade) and not _STRONG.search(shade)):
            return None
        if self._is_done(piece) and not re.search(
            r"\b(?:nhưng|song|tuy nhiên|xuống cấp|quá tải|mà)\b", shade
        ):
            return None
        return piece

    def introduced(self, piece: Piece) -> bool:
        """ "Cái khó nhất là ...": what follows in the sentence is trouble as well."""
        start = self.cutter.without_lead(piece).start
        return self._introduction(Piece(start, piece.end)) is not None

    def _introduction(self, piece: Piece) -> re.Match[str] | None:
        if not self.scan.has("trouble ahead", piece.start, piece.end):
            return None
        return _INTRODUCED.match(self.page.shade, piece.start, piece.end)

    def _is_done(self, piece: Piece) -> bool:
        """ "phường đã làm việc với ...": told as done, whatever it was about."""
        actor = self.actors.starting_at(piece.start)
        return bool(actor and self.page.shade.startswith(" đã ", actor.end)) or self.page.shade.startswith(
            ("đã ", "qua kiểm tra"), piece.start
        )

    def _without_riêng(self, piece: Piece) -> Piece:
        since = _SINCE.match(self.page.shade[piece.start : piece.end])
        if since:
            piece = trim(self.page.text, piece.start + since.end(), piece.end) or piece
        if (
            not self.page.shade.startswith(("riêng ", "còn "), piece.start)
            or self.page.shade[piece.start + 4 : piece.start + 8].strip()[:1].isdigit()
        ):
            return piece
        return (
            trim(self.page.text, piece.start + self.page.shade[piece.start : piece.end].index(" "), piece.end)
            or piece
        )

    def _complained(self, piece: Piece, shade: str) -> Piece:
        """After "phản ánh", "than": everything is the trouble; drop "việc", "về", "rằng"."""
        match = re.match(r"(?:rằng|về|về việc|việc|tình trạng|trước tình trạng|là) ", shade)
        return (trim(self.page.text, piece.start + match.end(), piece.end) or piece) if match else piece
