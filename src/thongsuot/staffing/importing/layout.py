"""The workbook of a unit: its sheets, its columns, its lists. The template writes them, the reader finds them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from thongsuot.kernel.vietnamese import strip_marks

UNIT, FRAMES, QUOTAS, PEOPLE = "Đơn vị", "Khung", "Biên chế", "Người"
STUDIES, EXPERIENCE, COURSES, LOCKS, LISTS, BASE = (
    "Văn bằng", "Kinh nghiệm", "Bồi dưỡng", "Chưa điều động", "Danh mục", "mốc",
)  # fmt: skip

COLUMNS: Mapping[str, tuple[str, ...]] = {
    UNIT: ("Mục", "Giá trị"),
    FRAMES: ("Vị trí", "Số chỗ"),
    QUOTAS: ("Khối", "Biên chế"),
    PEOPLE: (
        "Số hồ sơ", "Họ và tên", "Giới tính", "Ngày sinh", "Đối tượng", "Ngạch", "Vào ngành từ",
        "Vị trí", "Hình thức", "Từ ngày", "Nơi trả lương", "Đến trước ngày", "Kiêm nhiệm",
        "Đơn vị gốc", "Nguyện vọng", "Ngày nêu nguyện vọng", "Vĩ độ nơi ở", "Kinh độ nơi ở", "Ngày cho biết nơi ở",
        "Phòng phụ trách",
    ),
    STUDIES: ("Số hồ sơ", "Trình độ", "Ngành"),
    EXPERIENCE: ("Số hồ sơ", "Vị trí", "Số năm"),
    COURSES: ("Số hồ sơ", "Vị trí", "Lớp bồi dưỡng", "Dự kiến", "Hoàn thành"),
    LOCKS: ("Số hồ sơ", "Trường hợp", "Từ ngày", "Đến trước ngày"),
}  # fmt: skip
NEEDED: Mapping[str, frozenset[str]] = {
    UNIT: frozenset(COLUMNS[UNIT]),
    FRAMES: frozenset(COLUMNS[FRAMES]),
    QUOTAS: frozenset(COLUMNS[QUOTAS]),
    PEOPLE: frozenset({"Số hồ sơ", "Họ và tên", "Đối tượng", "Vị trí"}),
    STUDIES: frozenset(COLUMNS[STUDIES]),
    EXPERIENCE: frozenset(COLUMNS[EXPERIENCE]),
    COURSES: frozenset({"Số hồ sơ", "Vị trí", "Lớp bồi dưỡng"}),
    LOCKS: frozenset({"Số hồ sơ", "Trường hợp", "Từ ngày"}),
}
# Without them a list says nothing; the others may be left out, and then stay as they are in the registers.
REQUIRED = (UNIT, PEOPLE)

# Lines of the sheet of the unit.
CODE, NAME, DAY, POPULATION, DOSSIERS, UPLAND, ORIGIN, BASIS = (
    "Mã đơn vị", "Tên đơn vị", "Số liệu ngày", "Dân số", "Hồ sơ tiếp nhận trong năm", "Miền núi, vùng cao",
    "Nguồn dân số, hồ sơ", "Căn cứ",
)  # fmt: skip
SEPARATOR = " · "  # between a code and the words beside it


@dataclass(frozen=True, slots=True)
class Codes:
    """What codes a workbook may use. Choices: code -> words as the lists show them."""

    on: date
    positions: Mapping[str, str]
    units: Mapping[str, str]
    cases: Mapping[str, str]
    choices: Mapping[str, Mapping[str, str]]  # "sex", "category", "kind", "degree", "block"
    pointless: frozenset[str] = frozenset()  # units without a point on the map
    within: frozenset[str] = frozenset()  # units the sender keeps
    combinable: frozenset[str] = frozenset()
    blocks: Mapping[str, str] = field(default_factory=dict)  # of each position
    most: Mapping[str, int] = field(default_factory=dict)  # leaders of a unit, by position
    bodies: Mapping[str, Sequence[str]] = field(
        default_factory=dict
    )  # of which a holder leads one, by position
    called: Mapping[str, Sequence[str]] = field(default_factory=dict)  # other names of a body
    secondment_years: int = 3


def key(words: object) -> str:
    """How heads and choices are compared: no capitals, no marks, one space."""
    return " ".join(strip_marks(str(words)).split())


def coded(code: str, words: str) -> str:
    return f"{code}{SEPARATOR}{words}"
