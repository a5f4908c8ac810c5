from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Level(TextChoices):
    """Of which tier the issuer is."""

    CENTRE = "centre", _("Trung ương")
    PROVINCE = "province", _("Cấp tỉnh")
    COMMUNE = "commune", _("Cấp xã")


class Ending(TextChoices):
    """How a document stopped being in force before its own term ran out."""

    REPLACED = "replaced", _("Được thay thế")
    REPEALED = "repealed", _("Bị bãi bỏ")
    SUSPENDED = "suspended", _("Tạm ngưng hiệu lực")


class Force(TextChoices):
    """How a document stands to a day; every document is in exactly one (queries.force)."""

    UNKNOWN = "unknown", _("Chưa rõ hiệu lực")
    NOT_YET = "not_yet", _("Chưa có hiệu lực")
    IN_FORCE = "in_force", _("Còn hiệu lực")
    EXPIRED = "expired", _("Hết thời hạn hiệu lực")
    REPLACED = "replaced", _("Được thay thế")
    REPEALED = "repealed", _("Bị bãi bỏ")
    SUSPENDED = "suspended", _("Tạm ngưng hiệu lực")


class Secrecy(TextChoices):
    """Asked of whoever registers, so that nothing classified is entered: only the first is taken."""

    NONE = "none", _("Không mật")
    SECRET = "secret", _("Mật")
    TOP = "top", _("Tối mật")
    UTMOST = "utmost", _("Tuyệt mật")


class PointKind(TextChoices):
    PART = "part", _("Phần")
    CHAPTER = "chapter", _("Chương")
    SECTION = "section", _("Mục")
    HEADING = "heading", _("Đề mục")
    ARTICLE = "article", _("Điều")
    CLAUSE = "clause", _("Khoản")
    POINT = "point", _("Điểm")
    DASH = "dash", _("Gạch đầu dòng")
    ROW = "row", _("Hàng của bảng")
    ANNEX = "annex", _("Phụ lục")
    PARAGRAPH = "paragraph", _("Đoạn")


class Change(TextChoices):
    """What became of a point from one version to the next."""

    SAME = "same", _("Giữ nguyên")
    RENUMBERED = "renumbered", _("Đổi số, giữ nguyên nội dung")
    CHANGED = "changed", _("Sửa nội dung")
    ADDED = "added", _("Bổ sung")
    REMOVED = "removed", _("Bỏ")


class UptakeKind(TextChoices):
    """How a unit puts a directive into effect."""

    DOCUMENT = "document", _("Văn bản cụ thể hóa")
    PLAN = "plan", _("Kế hoạch thực hiện")
    NOT_APPLICABLE = "not_applicable", _("Không thuộc diện áp dụng")


class Standing(TextChoices):
    """How a unit stands to a directive; every unit is in exactly one (queries.cascade)."""

    MISSING_LATE = "missing_late", _("Quá hạn, chưa có văn bản")
    MISSING = "missing", _("Chưa có văn bản")
    LOOK_AGAIN = "look_again", _("Cần xem lại")
    DONE_LATE = "done_late", _("Đã có, chậm")
    DONE = "done", _("Đã có")
    NOT_APPLICABLE = "not_applicable", _("Không áp dụng")


class Audience(TextChoices):
    """For whom a document is studied."""

    CADRES = "cadres", _("Cán bộ, công chức")
    MEMBERS = "members", _("Đảng viên")
    PEOPLE = "people", _("Nhân dân")


class Acts(TextChoices):
    REGISTERED = "document.registered", _("Đưa văn bản vào sổ")
    COMPLETED = "document.completed", _("Bổ sung ngày, cơ quan ban hành của văn bản")
    EDITED = "document.edited", _("Sửa thông tin văn bản")
    CITED = "document.cited", _("Ghi nhận nơi viện dẫn văn bản")
    UNCITED = "document.uncited", _("Bỏ nơi viện dẫn văn bản")
    REMOVED = "document.removed", _("Xóa văn bản khỏi sổ")
    VERSION_ADDED = "document.version_added", _("Thêm bản nội dung của văn bản")
    VERSION_REMOVED = "document.version_removed", _("Rút bản nội dung của văn bản")
    POINTS_KEPT = "document.points_kept", _("Ghi các điểm của văn bản")
    STUDIED_BY = "document.studied_by", _("Ghi đối tượng phải học của một điểm")
    ORDERED = "directive.ordered", _("Giao thực hiện văn bản")
    TAKEN_UP = "directive.taken_up", _("Ghi văn bản cụ thể hóa, kế hoạch thực hiện")
    RECORDED_ON_PAPER = "directive.recorded_on_paper", _("Ghi câu trả lời trên giấy của các đơn vị")
    DECLINED = "directive.not_applicable", _("Trả lời không thuộc diện áp dụng")
    POINTS_TAKEN_UP = "directive.points_taken_up", _("Gắn văn bản cụ thể hóa với từng điểm")
    LOOKED_AGAIN = "directive.looked_again", _("Đã xem lại theo nội dung sửa đổi")
    TAKEN_BACK = "directive.taken_back", _("Rút văn bản cụ thể hóa đã ghi")
    STUDIED = "document.studied", _("Ghi buổi học tập, quán triệt")
    STUDY_REMOVED = "document.study_removed", _("Xóa buổi học tập, quán triệt")
    CIRCLE_SET = "document.circle_set", _("Ghi số người thuộc đối tượng học tập")
    ROLLS_ERASED = "document.rolls_erased", _("Xóa mã danh sách dự học")
