"""What is wrong with a workbook: where, and how to mend it, in Vietnamese and English."""

from dataclasses import asdict, dataclass, field
from typing import Any

ERROR, WARNING = "error", "warning"
_MOST = 2000


@dataclass(frozen=True, slots=True)
class Fault:
    sheet: str
    cell: str
    vi: str
    en: str
    level: str = ERROR


# By name: Vietnamese, English; `%(name)s` are filled in.
WORDS: dict[str, tuple[str, str]] = {
    "broken": (
        "Không mở được tệp Excel này. Mở tệp bằng Excel, bỏ mật khẩu nếu có, lưu lại dạng .xlsx rồi tải lên.",
        "This workbook cannot be opened. Open it in Excel, take a password off, save it as .xlsx and "
        "send it again.",
    ),
    "too-big": (
        "Tệp lớn hơn %(mb)s MB. Bỏ hình ảnh, trang tính không cần.",
        "The file is larger than %(mb)s MB. Take out pictures and sheets that are not needed.",
    ),
    "too-long": (
        "Trang có hơn %(rows)s dòng. Kiểm tra lại tệp.",
        "The sheet has more than %(rows)s lines. Check the file.",
    ),
    "no-sheet": (
        "Thiếu trang “%(title)s”. Dùng mẫu tải từ trang của đơn vị.",
        "The sheet “%(title)s” is missing. Use the template from the page of the unit.",
    ),
    "no-column": (
        "Thiếu cột “%(column)s”. Tên cột đứng ở dòng 1.",
        "The column “%(column)s” is missing. Names of columns stand in line 1.",
    ),
    "empty": ("Ô này để trống. Nhập %(what)s.", "This cell is empty. Enter %(what_en)s."),
    "no-position": (
        "Không có mã vị trí “%(said)s”. Chọn trong danh sách.",
        "There is no position “%(said)s”. Choose one from the list.",
    ),
    "no-unit": (
        "Không có mã đơn vị “%(said)s”. Xem trang Danh mục.",
        "There is no unit “%(said)s”. See the sheet of lists.",
    ),
    "no-choice": (
        "“%(said)s” không có trong danh sách. Chọn: %(choices)s.",
        "“%(said)s” is not in the list. Choose: %(choices)s.",
    ),
    "no-case": (
        "“%(said)s” không phải trường hợp chưa điều động. Chọn trong danh sách.",
        "“%(said)s” is no case that forbids a transfer. Choose one from the list.",
    ),
    "not-whole": (
        "“%(said)s” không phải số nguyên từ 0. Nhập số, ví dụ 3.",
        "“%(said)s” is not a whole number from 0. Enter a number such as 3.",
    ),
    "below-zero": (
        "Số chỗ âm: %(said)s. Nhập 0 nếu đơn vị không có vị trí này.",
        "The number of places is below zero: %(said)s. Enter 0 where the unit has no such position.",
    ),
    "not-number": (
        "“%(said)s” không phải số. Nhập số, ví dụ 2,5.",
        "“%(said)s” is not a number. Enter a number such as 2.5.",
    ),
    "years": ("Số năm phải từ 0 đến 60.", "Years must be from 0 to 60."),
    "not-day": (
        "“%(said)s” không phải ngày. Nhập ngày, ví dụ 30-10-2025.",
        "“%(said)s” is no day. Enter a day such as 30-10-2025.",
    ),
    "unit-unknown": (
        "Mã đơn vị “%(said)s” không có trong danh mục đơn vị ngày đó.",
        "No unit “%(said)s” was in force that day.",
    ),
    "unit-other": (
        "Tệp của %(unit)s không thuộc phạm vi của người nạp.",
        "This file is of %(unit)s, which is not within the reach of the sender.",
    ),
    "unit-twice": (
        "Lượt nạp này đã có tệp khác của %(unit)s: %(file)s.",
        "This batch already holds another file of %(unit)s: %(file)s.",
    ),
    "unit-name": (
        "Mã %(code)s là %(unit)s, không phải “%(said)s”. Kiểm tra mã và tên đơn vị.",
        "Code %(code)s is %(unit)s, not “%(said)s”. Check the code and the name.",
    ),
    "no-point": (
        "%(unit)s chưa có tọa độ nên không tính được khoảng cách. Báo người quản trị ghi tọa độ của đơn vị.",
        "%(unit)s has no point on the map, so distances cannot be reckoned. Ask the administrator to "
        "enter it.",
    ),
    "day-later": ("Ngày %(said)s chưa đến.", "%(said)s is in the future."),
    "line-twice": ("Đã có ở dòng %(line)s.", "Already there in line %(line)s."),
    "person-twice": (
        "Số hồ sơ %(number)s đã có ở dòng %(line)s. Mỗi người một dòng.",
        "Number %(number)s already stands in line %(line)s. One line for each person.",
    ),
    "two-posts": (
        "%(number)s giữ hai vị trí chính thức: dòng %(line)s và dòng này. Để một vị trí, vị trí kia "
        "ghi ở cột Kiêm nhiệm.",
        "%(number)s is on two full posts: line %(line)s and this one. Keep one, enter the other as combined.",
    ),
    "person-elsewhere": (
        "%(number)s cũng giữ vị trí chính thức trong tệp %(file)s (%(unit)s). Một người chỉ ở một đơn vị.",
        "%(number)s also holds a full post in the file %(file)s (%(unit)s). A person belongs to one unit.",
    ),
    "not-listed": (
        "Số hồ sơ %(number)s không có ở trang Người.",
        "Number %(number)s does not stand in the sheet of people.",
    ),
    "number-long": ("Số hồ sơ dài quá 20 ký tự.", "The number is longer than 20 characters."),
    "name-long": ("Dài quá %(most)s ký tự.", "Longer than %(most)s characters."),
    "born": (
        "Ngày sinh %(said)s không hợp lý: người làm việc từ 15 đến 80 tuổi.",
        "The day of birth %(said)s cannot be right: people in service are from 15 to 80 years old.",
    ),
    "joined": (
        "Vào ngành ngày %(said)s, trước khi đủ 15 tuổi hoặc sau ngày của số liệu.",
        "Joined on %(said)s, before the age of 15 or after the day of the figures.",
    ),
    "since": (
        "Giữ vị trí từ %(said)s, sau ngày của số liệu (%(on)s).",
        "Holds the post from %(said)s, after the day of the figures (%(on)s).",
    ),
    "ends": (
        "Ngày kết thúc %(said)s phải sau ngày bắt đầu.",
        "The end %(said)s must be after the beginning.",
    ),
    "loan-end": ("Biệt phái phải có ngày kết thúc ở cột Đến trước ngày.", "A secondment must have its end."),
    "loan-long": (
        "Biệt phái không quá %(years)s năm (Nghị định 170/2025/NĐ-CP, Điều 26).",
        "A secondment lasts %(years)s years at most (Decree 170/2025, Article 26).",
    ),
    "loan-payroll": (
        "Biệt phái phải ghi mã đơn vị trả lương, khác đơn vị này.",
        "A secondment must name the unit that pays, which is another one.",
    ),
    "full-end": (
        "Chỉ biệt phái mới ghi ngày kết thúc, nơi trả lương. Xóa ô này, hoặc chọn hình thức Biệt phái.",
        "Only a secondment has an end and another payroll. Clear this cell, or choose secondment.",
    ),
    "combined-same": (
        "%(code)s là vị trí đang giữ, không ghi ở cột Kiêm nhiệm.",
        "%(code)s is the post held; do not enter it as combined.",
    ),
    "combined-not": (
        "Danh mục không ghi %(code)s là vị trí kiêm nhiệm. Kiểm tra lại; vẫn ghi được.",
        "The catalogue does not list %(code)s as one to combine. Check it; it can still be entered.",
    ),
    "lock-day": (
        "Trường hợp chưa điều động phải có ngày bắt đầu.",
        "A case that forbids a transfer must have its first day.",
    ),
    "home": (
        "Nơi ở cần cả vĩ độ, kinh độ và ngày cho biết; vĩ độ từ 8 đến 24, kinh độ từ 102 đến 118.",
        "A home needs latitude, longitude and the day it was given; from 8 to 24 and from 102 to 118.",
    ),
    "wish-day": (
        "Có nguyện vọng thì ghi ngày nêu, không sau ngày của số liệu.",
        "A wish needs the day it was given, not after the day of the figures.",
    ),
    "over-quota": (
        "Khung %(block)s có %(places)s chỗ, nhiều hơn biên chế %(posts)s.",
        "The frame of %(block)s has %(places)s places, more than its ceiling of %(posts)s.",
    ),
    "leaders": (
        "%(count)s người giữ %(position)s, nhiều hơn %(most)s của đơn vị.",
        "%(count)s people hold %(position)s, more than the %(most)s of the unit.",
    ),
    "body-unsaid": (
        "Chưa ghi %(position)s phụ trách phòng nào. Ghi ở cột Phòng phụ trách; vẫn ghi được.",
        "It is not said which department %(position)s leads. Enter it in the column of departments; it can be left.",
    ),
    "body-not": (
        "%(position)s không phụ trách phòng. Xóa ô này.",
        "%(position)s leads no department. Clear this cell.",
    ),
    "body-led": (
        "%(body)s có %(count)s người giữ %(position)s: dòng %(lines)s.",
        "%(count)s people hold %(position)s of %(body)s: lines %(lines)s.",
    ),
    "over-mean": (
        "Thêm %(more)s cấp phó (%(names)s): toàn địa bàn %(held)s người, nhiều hơn %(most)s theo bình quân của luật.",
        "%(more)s more deputies (%(names)s): %(held)s over all units, more than the %(most)s of the mean the law sets.",
    ),
    "nobody": (
        "Trang Người không có ai. Ghi tệp này sẽ kết thúc mọi vị trí của đơn vị.",
        "The sheet of people is empty. Entering it ends every post of the unit.",
    ),
    "other-day": (
        "Số liệu ngày %(said)s, khác ngày của lượt nạp (%(on)s).",
        "Figures of %(said)s, not of the day of the batch (%(on)s).",
    ),
    "ignored": (
        "Trang “%(title)s” không có trong mẫu, không đọc.",
        "The sheet “%(title)s” is not of the template and is left aside.",
    ),
}


@dataclass(slots=True)
class Faults:
    """Gathered while a workbook is read; nothing stops at the first one."""

    found: list[Fault] = field(default_factory=list)
    fatal: bool = False

    def say(self, name: str, sheet: str, cell: str = "", level: str = ERROR, **filled: object) -> None:
        self.fatal = self.fatal or level == ERROR
        if len(self.found) >= _MOST:
            return
        vi, en = WORDS[name]
        filled = {"what_en": filled.get("what", "")} | filled
        self.found.append(Fault(sheet, cell, vi % filled, en % filled, level))

    def warn(self, name: str, sheet: str, cell: str = "", **filled: object) -> None:
        self.say(name, sheet, cell, WARNING, **filled)

    def told(self) -> list[dict[str, Any]]:
        return [asdict(fault) for fault in self.found]
