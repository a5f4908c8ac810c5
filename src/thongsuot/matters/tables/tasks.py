from django.utils.translation import gettext_lazy as _

from thongsuot.matters.enums import KINDS_DOWN, Direction
from thongsuot.matters.tables.matters import MatterFilter, MatterTable


class TaskFilter(MatterFilter):
    direction = Direction.DOWN
    kinds = KINDS_DOWN


class TaskTable(MatterTable):
    empty_title = _("Chưa có nhiệm vụ nào")
    empty_says = _("Chỉ đạo và cam kết hiện ở đây khi người tiếp nhận xác nhận từ một báo cáo, biên bản.")

    class Meta(MatterTable.Meta):
        """Tables do not inherit it by themselves."""
