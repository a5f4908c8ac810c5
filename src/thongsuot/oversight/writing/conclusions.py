"""The notice of what a conference concluded, as a Word file."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from thongsuot.lawbook.paper_layouts import layouts
from thongsuot.oversight.conferences import ConclusionLine
from thongsuot.oversight.models import Conference
from thongsuot.web.papers import Head, Paper, Signature


@override(settings.LANGUAGE_CODE)
def conclusions_paper(
    conference: Conference,
    lines: Iterable[ConclusionLine],
    layout: str,
    head: Head,
    signature: Signature,
    on: date,
) -> bytes:
    paper = Paper(layouts()[layout], on, str(conference))
    paper.head(head)
    paper.title(_("Thông báo"), _("kết luận %(conference)s") % {"conference": conference.lower_title})
    if conference.meeting:
        paper.text(
            _("Ngày %(day)s, %(conference)s đã kết luận như sau:")
            % {"day": f"{conference.meeting.date:%d-%m-%Y}", "conference": conference.lower_title}
        )
    for at, line in enumerate(lines, start=1):
        paper.text(f"{at}. {line.conclusion.text}")
        if line.issued:
            paper.item(_told(line))
    paper.close(signature)
    return paper.data()


def _told(line: ConclusionLine) -> str:
    order = line.conclusion.order
    assert order is not None, "an issued line has its order"
    return _("Giao %(units)d đơn vị, chủ trì: %(person)s; sản phẩm: %(product)s; hạn %(day)s.") % {
        "units": line.given,
        "person": order.person,
        "product": order.product.rstrip("."),
        "day": f"{order.due_on:%d-%m-%Y}" if order.due_on else "",
    }
