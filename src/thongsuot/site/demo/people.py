"""Who signs in to the demonstration, and names for all others. All are invented."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

PASSWORD = "thong-suot-demo"  # noqa: S105  printed by `make run`; accounts of demonstration data only


@dataclass(frozen=True, slots=True)
class SignIn:
    username: str
    full_name: str
    role: str
    unit: str = ""  # name inside a sentence, of the demonstration's city; empty: the city itself
    body: str = ""  # code of a body of that unit
    fields: tuple[str, ...] = ()
    group: int | None = None
    stands_in_for: str = ""  # for a while, beside the role held


SIGN_INS = (
    SignIn("lanhdao", "Huỳnh Bạch Kim", "city_leader"),
    SignIn("chuyenvien", "Lâm Thị Thu Ba", "city_officer"),
    SignIn(
        "cvcntt", "Cao Thủy Triều", "city_officer", fields=("it-infrastructure", "public-service-software")
    ),
    SignIn("gdnoivu", "Nghiêm Cẩm Thạch", "department_leader", body="home_affairs"),
    SignIn("sonoivu", "Đoàn Hướng Dương", "department_officer", body="home_affairs"),
    SignIn("totruong10", "Lê Hoài Thanh Vân", "group_leader", group=10),
    SignIn("thuky10", "Quách Sao Mai", "group_secretary", group=10),
    SignIn("to10", "Kiều Minh Trực", "group_member", group=10),
    SignIn("bttankhanh", "Phan Quốc Bửu", "ward_leader", "phường Tân Khánh"),
    SignIn("tankhanh", "Đỗ Hữu Tình", "ward_officer", "phường Tân Khánh"),
    SignIn("ctbinhtan", "Trịnh Công Lý", "ward_leader", "phường Bình Tân"),
    SignIn("binhtan", "Nguyễn Ngọc Mai Hiên", "ward_officer", "phường Bình Tân"),
    SignIn("thaybinhtan", "Thạch Hải Âu", "ward_officer", "phường Bình Tân", stands_in_for="ctbinhtan"),
    SignIn("tochuc", "Ninh Thị Lam Kiều", "personnel_officer"),
    SignIn("tcbinhtan", "Ông Vĩnh An", "ward_personnel", "phường Bình Tân"),
    SignIn("kiemtra", "Mạc Bắc Đẩu", "auditor"),
    SignIn("nguoixem", "Phùng Quang Sáng", "reader"),
    SignIn("quantri", "Tôn Nữ Diệu Hòa", "administrator"),
)


def invented(families: list[str], given: list[str], chance: Random) -> Iterator[str]:
    """Each name once; with a number when they run out."""
    names = [f"{family} {name}" for family in families for name in given]
    chance.shuffle(names)
    yield from names
    for time in range(2, 100):
        yield from (f"{name} {time}" for name in names)
