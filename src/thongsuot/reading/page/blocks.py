"""What each paragraph is: dateline, headline, lead, caption, heading, body, list item, letterhead, signature."""

import re
from enum import StrEnum
from typing import NamedTuple

from thongsuot.reading.page.flat import Flat


class Kind(StrEnum):
    META = "meta"
    HEADLINE = "headline"
    LEAD = "lead"
    HEADING = "heading"
    CAPTION = "caption"
    BODY = "body"
    ITEM = "item"
    TABLE = "table"
    LETTERHEAD = "letterhead"
    SIGNATURE = "signature"


# Blocks whose facts are told again in the body.
REPEATING = frozenset({Kind.META, Kind.HEADLINE, Kind.LEAD, Kind.CAPTION, Kind.SIGNATURE})


class Block(NamedTuple):
    kind: Kind
    start: int
    end: int
    level: int = 0  # depth of the list marker; 0 without one
    body: int = 0  # where the words begin, after the marker


CAPITAL, ROMAN, ARABIC, LETTER, DASH, PLUS = 1, 2, 3, 6, 7, 8  # depth of a list marker
# Party papers number with a dash ("A-", "I-", "1-", "2.1-"), state papers with a full stop.
_LEVELS = (
    (
        CAPITAL,
        r"(?:PHẦN|Phần) (?:(?:THỨ|thứ) )?\w+(?: ?[.:/-]|\))(?= )|[A-H] ?[.-](?= )|[A-H][/)](?= )",
    ),
    (ROMAN, r"[IVX]{1,5} ?[.-](?= )|[IVX]{1,5}[/)](?= )"),
    (5, r"\d{1,2}\.\d{1,2}\.\d{1,2}\.?-?(?= )"),
    (4, r"\d{1,2}\.\d{1,2}(?:\.|-|\.-|\)|:)?(?= )"),
    (ARABIC, r"(?:[Đđ]iều \d{1,2}\.|\(\d{1,2}\)|\d{1,2}(?:[.)/-]|\.-|/-| -))(?= )"),
    (LETTER, r"\(?(?:[a-zđ]|[ivx]{1,4})(?:[.)/]|\.-|-)(?= )"),
    (DASH, r"[-–—•▪●◦▸►✓⁃](?= ?\S)"),
    (PLUS, r"[+*](?= ?\S)"),
)
_MARKER = re.compile("|".join(f"({shape})" for _, shape in _LEVELS))
_MOTTOES = ("cộng hòa xã hội chủ nghĩa", "đảng cộng sản việt nam", "độc lập - tự do")
_SENT = re.compile(r"\bkính gửi")
# A paper without its letterhead still shows its kind in capitals on a line of its own.
_TITLED = re.compile(
    r"(?:^|\n)(?:BIÊN BẢN(?: HỌP| LÀM VIỆC| CUỘC HỌP| HỘI NGHỊ)?|THÔNG BÁO(?: KẾT LUẬN)?|BÁO CÁO"
    r"|TỜ TRÌNH|CÔNG ĐIỆN|CHỈ THỊ|KẾ HOẠCH|QUYẾT ĐỊNH|KẾT LUẬN)(?:\n| [a-zà-ỹđ])"
)
_META = re.compile(
    r"(?:\s|\||,|-|/|:|\.|;|(?:gmt|utc) ?[+-]?\d+|thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật|ngày|tháng|năm"
    r"|lúc|giờ|phút|\d+h\d*|\d|"
    r"đăng|cập nhật|lượt xem|lượt đọc|ngày đăng|tin hoạt động|tin tức|sự kiện|thời sự|chính trị|xã hội"
    r"|date|sáng|chiều|tối|am|pm|"
    r"nguồn|tác giả|chia sẻ|bình luận|tin trong nước|tin địa phương|trang chủ)+"
)
# Each way begins with one digit or letter: where none stands the engine goes on at once.
_HAS_TIME = re.compile(r"\d\d?[/.-]\d\d?[/.-]\d{4}|\d\d{3}-\d\d-\d\d|\d\d?:\d\d|lượt xem|đăng ngày")
_EVENT = re.compile(
    r"(?:^|\) ?-? ?|- |: |, )(?:(?:sáng|chiều|tối|trưa|cả ngày|vừa qua|mới đây|hôm nay|hôm qua"
    r"|trong ngày|trong các ngày|trong hai ngày|vào)[ ,]*(?:nay|qua)?[ ,]*(?:ngày )?\(?\d{0,2}|ngày \d"
    r"|trong hai ngày|hôm nay|sáng nay|chiều nay|(?:thực hiện|tiếp tục) (?:chương trình|kế hoạch))"
)
_CAPTION = re.compile(
    r"\bảnh:|\bảnh -|\(ảnh|^ảnh\b|^quang cảnh|^toàn cảnh|^đại diện .* (?:nêu|phát biểu)"
    r"|phát biểu (?:tại|chỉ đạo|kết luận|khai mạc|ý kiến)|"
    r"trao đổi (?:với|tại|bên lề)|trò chuyện|(?:chụp|tặng|trao) |tại (?:buổi|hội nghị)|^các đại biểu"
    r"|^đại biểu|nêu ý kiến|kết luận (?:hội nghị|buổi)|"
    r"bìa (?:trái|phải)|thăm |kiểm tra |báo cáo tại|điều hành|chủ trì|làm việc (?:với|tại)"
)
_SIGNATURE = re.compile(
    r"^(?:nơi nhận ?:|t/?\.?m\.? |tm\.|kt\.|tl\.|tuq\.|q\. ?chủ tịch|\(đã ký\)|\(ký tên|thư ký(?:\t|$"
    r"| cuộc họp| hội nghị)|người ghi biên bản|chủ trì(?:\t|$)|chủ tọa(?:\t|$)|đại diện các bên"
    r"|xác nhận của)"
)
_BYLINE = re.compile(
    r"^(?:tin|bài|ảnh|tin, ảnh|tin và ảnh|tin - ảnh|bài, ảnh|bài và ảnh|thực hiện|nguồn|theo|tác giả)\s*[,:]?.{0,40}$"
)
_CREDITED = re.compile(r"ảnh ?: ?[^.]{0,40}\.?[^.]{0,8}\.?$")
_TIMED = re.compile(r"\d{1,2}/\d{1,2}/\d{4}(?: \d{1,2}:\d{2})?$")
_TABLE_ROW = re.compile(r"(?:\t| \| | / )\d[\d.,]*(?=\t| \| | / |$)")
_PAGE_MARK = re.compile(r"^(?:- ?\d{1,3} ?-|trang \d+.*|\d{1,3}/\d{1,3}|[-_*=—. ]{2,})$")


def _paragraphs(text: str) -> list[tuple[int, int]]:
    found, start = [], 0
    for line in text.split("\n"):
        if line:
            found.append((start, start + len(line)))
        start += len(line) + 1
    return found


def _marker(flat: Flat, start: int, end: int) -> tuple[int, int]:
    """Level of the list marker a paragraph begins with, and where its words begin."""
    match = _MARKER.match(flat.text, start, end)
    if not match or not match.lastindex:
        return 0, start
    body = match.end()
    while body < end and flat.text[body] == " ":
        body += 1
    return _LEVELS[match.lastindex - 1][0], body


def _is_capitals(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 3 and sum(c.isupper() for c in letters) > 0.85 * len(letters)


def _is_meta(shade: str) -> bool:
    if _PAGE_MARK.match(shade):
        return True
    if len(shade) > 110 or not _HAS_TIME.search(shade):
        return False
    return len(_META.sub(" ", shade).split()) <= 4


def _sort_one(flat: Flat, start: int, end: int, official: bool) -> Block:
    shade = flat.shade[start:end]
    celled = "\t" in shade or " | " in shade or " / " in shade
    if shade.startswith("|") or (celled and _TABLE_ROW.search(shade)):
        return Block(Kind.TABLE, start, end, 0, start)
    level, body = _marker(flat, start, end)
    if (not level or level == DASH) and _is_meta(shade):
        return Block(Kind.META, start, end, 0, start)
    if level:
        return Block(Kind.ITEM, start, end, level, body)
    ends = shade[-1] in ".:;!?" or shade.endswith(('."', '!"', '?"', ".)", "/."))
    if ends or len(shade) > 260:
        return Block(Kind.BODY, start, end, 0, start)
    if _BYLINE.match(shade) and not official:
        return Block(Kind.CAPTION, start, end, 0, start)
    if _CAPTION.search(shade) and not official and not _is_capitals(flat.text[start:end]):
        return Block(Kind.CAPTION, start, end, 0, start)
    return Block(Kind.HEADING if len(shade) < 160 else Kind.BODY, start, end, 0, start)


def _mark_caption_lines(flat: Flat, blocks: list[Block]) -> list[Block]:
    """A short paragraph that ends with its photographer is a caption, full stop or not."""
    found = []
    for block in blocks:
        shade = flat.shade[block.start : block.end]
        if block.kind == Kind.BODY and len(shade) < 260 and "ảnh" in shade and _CREDITED.search(shade):
            block = block._replace(kind=Kind.CAPTION)
        found.append(block)
    return found


# What the body of an official paper begins with.
_FIRST_WORDS = (
    "kính gửi",
    "căn cứ",
    "hôm nay",
    "thực hiện",
    "thời gian",
    "địa điểm",
    "thành phần",
    "nội dung",
)


def _mark_official(flat: Flat, blocks: list[Block]) -> list[Block]:
    """Letterhead at the top, signature at the bottom of an official paper."""
    found = list(blocks)
    for place, block in enumerate(blocks):
        shade = flat.shade[block.start : block.end]
        if place > 25 or (block.kind == Kind.ITEM and block.level < DASH):
            break
        if (
            shade.endswith(":")
            or shade.startswith(_FIRST_WORDS)
            or (block.kind == Kind.BODY and len(shade) > 120)
        ):
            break
        found[place] = block._replace(kind=Kind.LETTERHEAD)
    for place in range(len(blocks) - 1, max(0, len(blocks) - 25), -1):
        if _SIGNATURE.match(flat.shade[blocks[place].start : blocks[place].end]):
            found[place:] = [b._replace(kind=Kind.SIGNATURE) for b in found[place:]]
            break
    first = next((p for p, b in enumerate(found) if b.kind == Kind.SIGNATURE), len(found))
    for place in range(first - 1, max(0, first - 12), -1):
        shade = flat.shade[found[place].start : found[place].end]
        if _SIGNATURE.match(shade):
            found[place:first] = [b._replace(kind=Kind.SIGNATURE) for b in found[place:first]]
    return found


def _opening(flat: Flat, blocks: list[Block]) -> int:
    """Index of the first paragraph that tells the event, or -1."""
    for place, block in enumerate(blocks[:8]):
        if block.kind == Kind.BODY and _EVENT.search(
            flat.shade[block.start : min(block.end, block.start + 140)]
        ):
            return place
    return -1


def _mark_press(flat: Flat, blocks: list[Block]) -> list[Block]:
    found = list(blocks)
    opening = _opening(flat, blocks)
    seen_title = False
    for place, block in enumerate(blocks[: opening if opening >= 0 else min(2, len(blocks))]):
        if block.kind in (Kind.META, Kind.ITEM):
            continue
        closed = flat.shade[block.end - 1] in ".!"
        timed = _TIMED.search(flat.shade[block.start : block.end])
        if (timed and block.end - block.start < 220) or (not closed and not seen_title):
            found[place] = block._replace(kind=Kind.HEADLINE)
            seen_title = True
        elif place < opening:
            found[place] = block._replace(
                kind=Kind.LEAD if closed or block.end - block.start > 90 else Kind.HEADLINE
            )
    return found


def _is_official(flat: Flat) -> bool:
    head = flat.shade[:900]
    if any(motto in head for motto in _MOTTOES):
        return True
    return bool(("kính gửi" in head and _SENT.search(head)) or _TITLED.search(flat.text, 0, 700))


def cut_blocks(flat: Flat) -> tuple[tuple[Block, ...], bool]:
    """The blocks in order, and whether the text is an official paper with a letterhead."""
    paragraphs = _paragraphs(flat.text)
    official = _is_official(flat)
    blocks = [_sort_one(flat, start, end, official) for start, end in paragraphs]
    if official:
        return tuple(_mark_official(flat, blocks)), True
    return tuple(_mark_press(flat, _mark_caption_lines(flat, blocks))), False
