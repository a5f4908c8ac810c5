from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Tier(TextChoices):
    PROVINCE = "province", _("Cấp tỉnh")
    DISTRICT = "district", _("Cấp huyện (đã kết thúc)")
    COMMUNE = "commune", _("Cấp xã")


class Kind(TextChoices):
    """What stands before the name; the value is how it is written inside a sentence."""

    CITY = "thành phố", _("Thành phố")
    PROVINCE = "tỉnh", _("Tỉnh")
    URBAN_DISTRICT = "quận", _("Quận")
    RURAL_DISTRICT = "huyện", _("Huyện")
    TOWN = "thị xã", _("Thị xã")
    WARD = "phường", _("Phường")
    COMMUNE = "xã", _("Xã")
    TOWNSHIP = "thị trấn", _("Thị trấn")
    SPECIAL_ZONE = "đặc khu", _("Đặc khu")


class ChangeKind(TextChoices):
    REORGANISATION = "reorganisation", _("Sắp xếp theo địa bàn")
    MERGER = "merger", _("Nhập")
    SPLIT = "split", _("Chia, tách")
    RENAMING = "renaming", _("Đổi tên")


class Verb(TextChoices):
    """What a mandate may allow; which role has which verb stands in lawbook/data/roles.yaml."""

    READ = "read", _("Xem")
    INTAKE = "intake", _("Tiếp nhận báo cáo")
    CONFIRM = "confirm", _("Xác nhận vào sổ")
    UNDO = "undo", _("Hoàn tác bản đã xác nhận")
    ISSUE = "issue", _("Giao, sửa, rút nhiệm vụ")
    PERFORM = "perform", _("Nhận và thực hiện nhiệm vụ")
    VERIFY = "verify", _("Xác nhận hoàn thành, trả lại")
    EXTEND = "extend", _("Duyệt gia hạn lần đầu")
    EXTEND_AGAIN = "extend_again", _("Duyệt gia hạn từ lần thứ hai")
    PROPOSE = "propose", _("Nêu kiến nghị, phản hồi câu trả lời")
    ROUTE = "route", _("Chuyển kiến nghị đến cơ quan có thẩm quyền")
    ANSWER = "answer", _("Trả lời kiến nghị")
    DECIDE = "decide", _("Giải quyết kiến nghị chưa đồng ý với trả lời")
    GROUP = "group", _("Gộp, tách nhóm kiến nghị")
    MANAGE_CAMPAIGNS = "manage_campaigns", _("Lập đợt giám sát, tổ công tác")
    READ_STAFF = "read_staff", _("Xem số liệu nhân sự, biên chế")
    NAME_STAFF = "name_staff", _("Xem tên và hồ sơ nhân sự")
    READ_LOCKS = "read_locks", _("Xem lý do chưa điều động")
    KEEP_STAFF = "keep_staff", _("Giữ sổ vị trí việc làm, nhân sự")
    REVIEW_STAFF = "review_staff", _("Nộp rà soát nhân sự của đơn vị")
    PLAN_STAFF = "plan_staff", _("Mở đợt rà soát, lập phương án bố trí")
    AGREE_TRANSFER = "agree_transfer", _("Trả lời về việc điều động")
    DECIDE_TRANSFER = "decide_transfer", _("Ghi quyết định điều động")
    KEEP_DOCUMENTS = "keep_documents", _("Giữ sổ văn bản, giao các đơn vị thực hiện")
    IMPLEMENT = "implement", _("Cụ thể hóa, quán triệt văn bản cấp trên")
    KEEP_RETURNS = "keep_returns", _("Giữ danh mục chỉ tiêu, mẫu và kỳ báo cáo")
    REPORT = "report", _("Lập, nộp báo cáo của đơn vị")
    APPROVE_RETURN = "approve_return", _("Duyệt báo cáo của đơn vị")
    ACCEPT_RETURN = "accept_return", _("Tiếp nhận, trả lại, mở lại báo cáo")
    MANAGE_UNITS = "manage_units", _("Ghi biến động đơn vị")
    MANAGE_MANDATES = "manage_mandates", _("Cấp và thu hồi vai trò")
    DELEGATE = "delegate", _("Ủy quyền trong thời hạn")
    READ_AUDIT = "read_audit", _("Xem nhật ký")


class Reach(TextChoices):
    """How far a role sees from the unit it is held at."""

    UNIT = "unit", _("Đơn vị mình")
    SUBTREE = "subtree", _("Đơn vị mình và các đơn vị trực thuộc")
    COVERED = "covered", _("Các đơn vị được phân công")
    BODY = "body", _("Cơ quan của mình")


class Acts(TextChoices):
    LOADED = "unit.loaded", _("Nạp danh mục đơn vị")
    RENAMED = "unit.renamed", _("Đổi tên đơn vị")
    MERGED = "unit.merged", _("Nhập đơn vị")
    SPLIT = "unit.split", _("Chia, tách đơn vị")
    MANDATE_GRANTED = "mandate.granted", _("Giao vai trò")
    MANDATE_ENDED = "mandate.ended", _("Kết thúc vai trò")
    MANDATE_COVERS = "mandate.covers", _("Phân công phụ trách đơn vị")
    MANDATES_CARRIED = "mandate.carried_over", _("Chuyển vai trò sang đơn vị kế tiếp")
    DEPUTISED = "mandate.deputised", _("Ủy quyền")
