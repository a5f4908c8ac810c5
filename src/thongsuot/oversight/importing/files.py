"""Which kind of file it is; what cannot be opened is said like any other error of the file."""

from django.utils.translation import gettext as _

from thongsuot.oversight.importing.content import CampaignSet, TooMuch
from thongsuot.oversight.importing.workbooks import read_workbook
from thongsuot.oversight.importing.yamls import read_yaml

MAX_BYTES = 1024 * 1024
_ZIP = b"PK\x03\x04"


def read_set(data: bytes, name: str) -> CampaignSet:
    found = CampaignSet()
    if len(data) > MAX_BYTES:
        found.wrong(name, _("Tệp lớn hơn 1 MB. Bỏ bớt trang tính, hình ảnh không cần."))
        return found
    try:
        if data.startswith(_ZIP):
            read_workbook(data, name, found)
        else:
            read_yaml(data, name, found)
    except TooMuch:
        found.groups.clear()
        found.wrong(name, _("Tệp có quá nhiều dòng cho một đợt giám sát. Kiểm tra lại tệp."))
    if not found.groups and not found.problems:
        found.wrong(name, _("Tệp không có tổ công tác nào. Tải mẫu về để xem cách ghi."))
    return found
