"""Posts people hold, read as chains: "Bí thư Đảng ủy, Chủ tịch HĐND phường X"."""

import re
from typing import NamedTuple

from thongsuot.reading.lexicon import Hit
from thongsuot.reading.mentions.organisations import Bodies, Organisation

_LINK = re.compile(r",? kiêm |, | - |; |,? đồng thời là |,? và ")
_TAIL = re.compile(
    r" (?:thường trực|phụ trách|chuyên trách|kiêm nhiệm)\b(?! (?:hđnd|ubnd|đảng ủy|thành ủy|tỉnh ủy|hội đồng))"
)
_PART = re.compile(
    r"(?:phó )?tổ trưởng(?: thường trực)?|tổ phó|(?:phó )?trưởng đoàn|phó đoàn|thành viên|thư ký"
)
# "Giám đốc Trung tâm": the body is named elsewhere in the text.
_BARE_BODY = re.compile(
    r" (?:trung tâm|sở|ban|phòng|văn phòng|công ty|chi cục|cục|trường|trạm|đơn vị|hội)(?=[,.;:)]| -"
    r"| (?:báo cáo|cho|nói|thông tin|trình|nêu|chia|phát|làm|khẳng|kiến|đề|phản)|$)"
)
# Without a body these are plain nouns.
_COMMON_NOUNS = frozenset(
    {"cán bộ", "công chức", "nhân viên", "đại biểu", "thường trực", "chủ trì", "chủ tọa", "chuyên viên"}
)
_FORMER = re.compile(r"\b(?:nguyên|cựu) $")
_PARTY = re.compile(r"\b(?:thành ủy|tỉnh ủy|đảng ủy)\b")


_OF_THE_PLACE = frozenset({"công an", "thanh tra", "ban chỉ huy quân sự"})  # one in every commune


class Title(NamedTuple):
    start: int
    end: int
    text: str
    body: Organisation | None
    is_meeting_part: bool  # Tổ trưởng, thành viên: a part in the visit, not a post


class Chain(NamedTuple):
    """Titles said in one breath about one person."""

    titles: tuple[Title, ...]
    start: int
    end: int


def _read_title(bodies: Bodies, hit: Hit) -> Title:
    page, lexicon = bodies.page, bodies.lexicon
    end = hit.end
    tail = _TAIL.match(page.shade, end)
    if tail and hit.phrase in lexicon.titles:
        end = tail.end()
    phrase = page.shade[hit.start : end]
    meeting_part = hit.phrase in lexicon.meeting_titles
    following = end + 1 if page.text[end : end + 1] == " " else end
    if "phòng" in hit.phrase and page.shade.startswith("thuộc ", following):
        following += 6
    body = bodies.at(following) if following > end else None
    shared = lexicon.shared_heads.get(hit.phrase)
    if shared and end == hit.end and (body is None or not body.head.startswith(shared)):
        body = _shared_body(bodies, hit, shared) or body
    text = page.text[hit.start : end]
    if meeting_part:
        part = _PART.match(phrase)
        text = page.text[hit.start : hit.start + part.end()] if part else text
    if body is None and not meeting_part:
        bare = _BARE_BODY.match(page.shade, end)
        end = bare.end() if bare else end
    if body and _overlong(body, page.text, phrase):
        body = None
    return Title(hit.start, max(end, body.end if body else end), text, body, meeting_part)


def _overlong(body: Organisation, text: str, phrase: str) -> bool:
    return phrase == "thành viên" and body.text.islower()


def _shared_body(bodies: Bodies, hit: Hit, head: str) -> Organisation | None:
    """The body whose head is the title's own last words."""
    start = hit.end - len(head)
    if not bodies.page.shade.startswith(head, start):
        return None
    body = bodies.at(start)
    if body is None or (body.end <= hit.end and not (head in _OF_THE_PLACE and body.end == hit.end)):
        return None
    text = body.text[:1].upper() + body.text[1:]
    return body._replace(text=text)


def _extended(bodies: Bodies, hits: list[Hit], first: int) -> tuple[list[Title], int]:
    titles = [_read_title(bodies, hits[first])]
    place = first + 1
    while place < len(hits):
        end = titles[-1].end
        while place < len(hits) and hits[place].start < end:
            place += 1
        if place == len(hits):
            break
        link = _LINK.match(bodies.page.shade, end)
        if not link or link.end() != hits[place].start:
            break
        titles.append(_read_title(bodies, hits[place]))
        place += 1
    return titles, place


def _distributed(titles: list[Title]) -> tuple[Title, ...]:
    """The place said last in a chain also belongs to the bodies before it."""
    found = list(titles)
    for place in range(len(found) - 2, -1, -1):
        here, after = found[place].body, found[place + 1].body
        if here is None or after is None:
            continue
        if here.core in ("ban thường vụ", "ban chấp hành", "thường vụ") and _PARTY.search(after.text.lower()):
            match = re.search(r"(?:Thành|Tỉnh|Đảng) [uủ][ỷỳy]?.*$", after.text, re.I)
            inner = match[0] if match else ""
            here = here._replace(
                text=f"{here.text} {inner}",
                core=after.core,
                place=after.place,
                level=after.level,
                place_name=after.place_name,
            )
        elif here.wants_place and not here.level and after.is_placed and _same_tier(here, after):
            here = here._replace(
                place=after.place, place_name=after.place_name, text=_with_place(here, after)
            )
        elif here.wants_place and not here.level and after.level:
            here = here._replace(level=after.level, text=f"{here.text} {after.level}")
        if here is not found[place].body:
            found[place] = found[place]._replace(body=here)
    return tuple(found)


def _same_tier(here: Organisation, after: Organisation) -> bool:
    return not (after.place and after.place.is_province and here.core == "đảng ủy") and not (
        _PARTY.search(after.core) and after.core != "đảng ủy"
    )


def _with_place(here: Organisation, after: Organisation) -> str:
    place = after.place.printed if after.place else after.place_name
    return f"{here.text} {place}"


def find_chains(bodies: Bodies) -> tuple[Chain, ...]:
    hits = bodies.scan.of("title")
    chains, place = [], 0
    while place < len(hits):
        titles, following = _extended(bodies, hits, place)
        if all(title.body is None and title.text.lower() in _COMMON_NOUNS for title in titles):
            place = max(following, place + 1)
            continue
        if not _FORMER.search(bodies.page.shade[max(0, titles[0].start - 8) : titles[0].start]):
            chains.append(Chain(_distributed(titles), titles[0].start, titles[-1].end))
        place = max(following, place + 1)
    return tuple(chains)
