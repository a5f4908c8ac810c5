from django.utils.translation import gettext_lazy as _

from thongsuot.matters.enums import KINDS_UP, Direction
from thongsuot.matters.tables.matters import MatterFilter, MatterTable


class ProposalFilter(MatterFilter):
    direction = Direction.UP
    kinds = KINDS_UP


class ProposalTable(MatterTable):
    empty_title = _("Chưa có kiến nghị nào")
    empty_says = _("Kiến nghị hiện ở đây khi người tiếp nhận xác nhận từ một báo cáo, biên bản.")

    class Meta(MatterTable.Meta):
        """Tables do not inherit it by themselves."""
