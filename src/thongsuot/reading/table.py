"""A reading as a table for people."""

from collections.abc import Iterator

from thongsuot.reading.records import Figure, Reading

_KINDS = {
    "supervision": "giám sát",
    "conference": "hội nghị",
    "working-session": "buổi làm việc",
    "voter-meeting": "tiếp xúc cử tri",
    "directive": "văn bản chỉ đạo",
    "other": "khác",
}
_ROLES = {
    "leads": "trưởng đoàn",
    "chairs": "chủ trì",
    "concludes": "kết luận",
    "hosts": "tiếp đoàn",
    "attends": "dự",
    "speaks": "phát biểu",
}
_LABEL = 14


def _row(label: str, *cells: object) -> str:
    return f"  {label:<{_LABEL}} " + " · ".join(str(cell) for cell in cells if cell not in (None, "", ()))


def _number(value: float) -> str:
    return f"{value:,}".replace(",", " ").replace(".", ",").replace(" ", ".")


def _figure(figure: Figure) -> str:
    values = figure.value if isinstance(figure.value, tuple) else (figure.value,)
    sign = {"=": "", "ratio": "", "range": ""}.get(figure.qualifier, figure.qualifier + " ")
    joint = "/" if figure.qualifier == "ratio" else "-"
    return f"{sign}{joint.join(map(_number, values))} {figure.unit}"


def _sections(reading: Reading) -> Iterator[tuple[str, list[str]]]:
    meeting = reading.meeting
    facts = [
        ("loại", _KINDS.get(meeting.kind or "", meeting.kind)),
        ("ngày", meeting.date),
        ("tổ công tác", meeting.working_group),
        ("cơ quan", meeting.organisation),
        ("chủ trì", meeting.chair),
        ("đơn vị", ", ".join(meeting.units)),
        ("lần thứ", meeting.ordinal),
        ("nhiệm kỳ", meeting.term),
    ]
    yield "Cuộc họp", [_row(label, value) for label, value in facts if value not in (None, "")]
    yield (
        "Người",
        [
            _row(p.name, "; ".join(f"{t.title} {t.organisation or ''}".strip() for t in p.titles))
            for p in reading.people
        ],
    )
    yield "Vai trò", [_row(_ROLES.get(r.role, r.role), r.person) for r in reading.roles]
    yield "Đơn vị", [_row(u.code or "-", u.name, "cũ" if u.status == "former" else "") for u in reading.units]
    yield (
        "Văn bản",
        [_row(d.type or "-", _symbol(d.number, d.symbol), d.date, d.issuer) for d in reading.documents],
    )
    yield "Số liệu", [_row(_figure(f), f.subject) for f in reading.figures]
    yield (
        "Kiến nghị, khó khăn",
        [
            _row(
                "kiến nghị" if p.kind == "request" else "khó khăn",
                p.text,
                p.speaker,
                p.addressee and f"→ {p.addressee}",
            )
            for p in reading.proposals
        ],
    )
    yield "Chỉ đạo", [_row(d.addressee or "-", d.text, d.speaker) for d in reading.directions]
    yield "Cam kết", [_row(c.speaker or "-", c.text) for c in reading.commitments]
    yield "Cần xem lại", [_row(w.code, w.message) for w in reading.warnings]


def _symbol(number: str | None, symbol: str | None) -> str:
    return f"{number or ''}{' ' if number and symbol else ''}{symbol or ''}"


def table_of(reading: Reading) -> str:
    lines = [f"{reading.source.name} ({reading.source.chars} ký tự)"]
    for title, rows in _sections(reading):
        if rows:
            lines += ["", title, *rows]
    return "\n".join(lines) + "\n"
