"""The reading of a directive as a table for people."""

from collections.abc import Iterator

from thongsuot.reading.directive.records import Deadline, Directive, Found, Signer, SymbolFound

_LABEL = 14
_WORDS = 100
_KINDS = {"directive": "văn bản chỉ đạo", "report": "báo cáo"}
_EVERY = {
    "week": "hằng tuần",
    "month": "hằng tháng",
    "quarter": "hằng quý",
    "half-year": "6 tháng",
    "year": "hằng năm",
}


def _row(label: str, *cells: object) -> str:
    return f"  {label:<{_LABEL}} " + " · ".join(str(cell) for cell in cells if cell not in (None, "", ()))


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _WORDS else f"{words[:_WORDS].rsplit(' ', 1)[0]}…"


def _due(term: Deadline | None) -> str:
    if term is None:
        return ""
    if term.every:
        return f"{_EVERY[term.every]}{f', ngày {term.day}' if term.day else ''}"
    return term.on or f"{term.days} ngày{' làm việc' if term.working else ''}"


def _head(read: Directive) -> Iterator[str]:
    told: list[tuple[str, Found | SymbolFound | Signer | None]] = [
        ("số, ký hiệu", read.symbol),
        ("ngày", read.date),
        ("cơ quan", read.issuer),
        ("loại", read.type),
        ("trích yếu", read.abstract),
        ("người ký", read.signer),
        ("hiệu lực từ", read.in_force),
    ]
    yield from (_row(label, found.value) for label, found in told if found)


def table_of(read: Directive) -> str:
    sections = (
        ("Văn bản", list(_head(read))),
        ("Căn cứ", [_row(basis.symbol or "-", _short(basis.text)) for basis in read.bases]),
        ("Điểm", [_row(point.path, _short(f"{point.label} {point.text}")) for point in read.points]),
        ("Nơi thực hiện", [_row(one.point or "cả văn bản", one.value, one.scope) for one in read.addressees]),
        (
            "Nhiệm vụ đề xuất",
            [
                _row(
                    task.point or "-",
                    "; ".join(who.value for who in task.lead),
                    _due(task.due),
                    _short(task.text),
                )
                for task in read.tasks
            ],
        ),
        ("Nơi nhận", [_row("-", found.value) for found in read.recipients]),
        ("Lưu ý", [_row(warning.code, warning.message) for warning in read.warnings]),
    )
    title = f"{read.source.name or 'văn bản'}: {_KINDS[read.kind.kind]} ({read.kind.reason})"
    return "\n".join([title, *(line for name, rows in sections if rows for line in (name, *rows))])
