"""An office's own Word layout of the consolidated report: placeholders in a .docx that anybody can edit in Word.

Placeholders are those of docxtpl (Jinja): {{ ky }}, {%tr for d in so_lieu %} … {%tr endfor %}. A template comes from
outside, so it is rendered in a sandbox and sees plain words and numbers only, no objects of the system.
"""

from collections.abc import Mapping
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override
from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from thongsuot.indicators.display import plain
from thongsuot.lawbook.paper_layouts import layouts
from thongsuot.returns.consolidated import Consolidated
from thongsuot.web.papers import Paper, timeless

LARGEST = 5 * 1024 * 1024


class WrongTemplate(Exception):
    """`args[0]` is a sentence for the person who made the template."""


@override(settings.LANGUAGE_CODE)
def filled(template: bytes, content: Consolidated) -> bytes:
    """The template with its placeholders filled in; the same content gives the same file."""
    try:
        document = DocxTemplate(BytesIO(template))
        document.render(_words_for(content), _sandbox(), autoescape=True)
        written = BytesIO()
        document.save(written)
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError) as wrong:
        raise WrongTemplate(
            _("Tệp không phải là tệp Word (.docx) đọc được. Mở bằng Word, lưu lại dạng .docx rồi tải lên.")
        ) from wrong
    except (TemplateError, TypeError, ArithmeticError) as wrong:
        raise WrongTemplate(
            _("Chỗ điền trong mẫu viết sai: %(why)s. Các chỗ điền dùng được có trong mẫu tải về.")
            % {"why": str(wrong) or type(wrong).__name__}
        ) from wrong
    return timeless(written.getvalue())


def _sandbox() -> SandboxedEnvironment:
    """Knows the words below and nothing else, not even how to count: no loop is longer than the report."""
    sandbox = SandboxedEnvironment(undefined=StrictUndefined)
    sandbox.globals.clear()
    return sandbox


@override(settings.LANGUAGE_CODE)
def starting_template(layout: str, content: Consolidated) -> bytes:
    """One that works as it is, with every placeholder there is: to be changed in Word."""
    paper = Paper(layouts()[layout], content.round.period.last_day, _("Mẫu báo cáo tổng hợp"))
    paper.title(_("Báo cáo"), "{{ ten_bao_cao }}, {{ ky }}")
    paper.text("{{ da_gui }}/{{ phai_gui }} đơn vị đã gửi báo cáo. Chưa gửi: {{ chua_gui }}.")
    paper.heading("I. Số liệu")
    paper.table(
        ["TT", "Chỉ tiêu", "Đơn vị tính", "Kỳ này", "Kỳ trước"],
        [
            ["{%tr for d in so_lieu %}", "", "", "", ""],
            ["{{ d.thu_tu }}", "{{ d.ten }}", "{{ d.don_vi_tinh }}", "{{ d.ky_nay }}", "{{ d.ky_truoc }}"],
            ["{%tr endfor %}", "", "", "", ""],
        ],
        (0.08, 0.42, 0.16, 0.17, 0.17),
    )
    paper.text("{%p for p in loi_van %}")
    paper.heading("{{ p.tieu_de }}")
    paper.text("{%p for n in p.noi_dung %}")
    paper.text("{{ n.don_vi }}: {{ n.loi }}")
    paper.text("{%p endfor %}")
    paper.text("{%p endfor %}")
    return paper.data()


def _words_for(content: Consolidated) -> Mapping[str, Any]:
    asked = content.round
    return {
        "ten_bao_cao": asked.template.name,
        "ky": str(asked.period),
        "ngay_chot": f"{asked.period.last_day:%d-%m-%Y}",
        "noi_nhan_bao_cao": str(asked.unit),
        "phai_gui": content.owed,
        "da_gui": content.handed_in,
        "da_tiep_nhan": content.accepted,
        "chua_gui": ", ".join(map(str, content.silent)) or _("không có"),
        "so_lieu": [
            {
                "thu_tu": at,
                "ma": line.indicator.code,
                "nhom": line.line.heading,
                "ten": str(line.indicator),
                "don_vi_tinh": line.indicator.unit_of_measure,
                "ky_nay": line.shown,
                "ky_truoc": line.shown_before,
                "ty_le": plain(round(line.percent, 2)) if line.percent is not None else "",
                "thieu": line.missing,
            }
            for at, line in enumerate(content.lines, start=1)
        ],
        "loi_van": [
            {
                "tieu_de": words.section.title,
                "noi_dung": [{"don_vi": str(unit), "loi": text} for unit, text in words.said],
            }
            for words in content.words
        ],
    }
