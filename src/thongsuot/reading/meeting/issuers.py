"""The issuing body from the capitals of a letterhead."""

import re

from thongsuot.reading.mentions.units import Places
from thongsuot.reading.page import Page


def joined_issuer(lines: list[str], page: Page, places: Places) -> str:
    """Two lines of capitals to one name: "TỈNH ỦY AN GIANG / VĂN PHÒNG" is the office of that committee."""
    first, second = lines[0], lines[1] if len(lines) > 1 else ""
    low = second.lower()
    if re.match(r"^(?:văn phòng|ban |ủy ban kiểm tra|tổ |đoàn )", low):
        name = (
            f"{second} {first}"
            if low in ("văn phòng",) or low.startswith("ban ")
            else first
            if low.startswith(("tổ ", "đoàn "))
            else f"{second} {first}"
        )
    elif re.match(r"^(?:phường|xã|đặc khu|tỉnh|thành phố|tp)\b", low):
        name = f"{first} {second}"
    elif second:
        name = second
    else:
        name = first
    return _sentence_case(name, page, places)


def _sentence_case(name: str, page: Page, places: Places) -> str:
    """A name from capitals to the case it has elsewhere in the text, else to sentence case."""
    lowered = name.lower()
    place = page.shade.find(lowered)
    while place >= 0:
        printed = page.text[place : place + len(lowered)]
        if not printed.isupper():
            return printed[:1].upper() + printed[1:]
        place = page.shade.find(lowered, place + 1)
    for mention in places.mentions:
        shown = f"{mention.kind} {mention.rows[0].name}" if mention.rows else mention.printed
        lowered = lowered.replace(mention.printed.lower(), shown)
    for bare in _CAPITALISED:
        lowered = re.sub(rf"\b{bare.lower()}\b", bare, lowered)
    return _party_place(lowered[:1].upper() + lowered[1:])


_CAPITALISED = (
    "UBND",
    "HĐND",
    "MTTQ",
    "Thành ủy",
    "Tỉnh ủy",
    "Đảng ủy",
    "Ban Thường vụ",
    "Nội vụ",
    "Tài chính",
    "Xây dựng",
)


def _party_place(name: str) -> str:
    match = re.search(r"(?:Thành|Tỉnh) ủy (?P<place>.+)$", name)
    return name[: match.start("place")] + match["place"].title() if match else name
