"""Who signs in to the demonstration. All are invented."""

from dataclasses import dataclass

PASSWORD = "thong-suot-demo"  # noqa: S105  printed by `make run`; accounts of demonstration data only


@dataclass(frozen=True, slots=True)
class SignIn:
    username: str
    full_name: str
    role: str
    unit: str  # name inside a sentence, of the demonstration's city
    group: int | None = None


SIGN_INS = (
    SignIn("chuyenvien", "Lâm Thị Thu Ba", "city_officer", ""),
    SignIn("to10", "Kiều Minh Trực", "group_member", "", group=10),
    SignIn("tankhanh", "Đỗ Hữu Tình", "ward_officer", "phường Tân Khánh"),
    SignIn("binhtan", "Nguyễn Ngọc Mai Hiên", "ward_officer", "phường Bình Tân"),
    SignIn("nguoixem", "Phùng Quang Sáng", "reader", ""),
    SignIn("quantri", "Tôn Nữ Diệu Hòa", "administrator", ""),
)
