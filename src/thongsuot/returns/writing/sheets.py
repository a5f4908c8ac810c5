"""The consolidated figures as an Excel file: a row for each unit, a column for each indicator, sums that live."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override
from xlsxwriter.utility import xl_range

from thongsuot.indicators.enums import Aggregation, Kind
from thongsuot.indicators.models import Indicator, StatedFigure
from thongsuot.returns.consolidated import Consolidated
from thongsuot.returns.models import Return
from thongsuot.units.models import Unit

_FIRST = 4  # rows above the first unit
_CELLS = {Aggregation.SUM: "SUM", Aggregation.WEIGHTED: "SUM", Aggregation.MAX: "MAX"}


@override(settings.LANGUAGE_CODE)
def consolidated_workbook(content: Consolidated) -> bytes:
    """A ratio takes three columns: both parts, and the share as a formula of the sums. Empty cells were never told."""
    written = BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties(
        {"title": str(content.round), "created": content.round.opened_at.replace(tzinfo=None)}
    )
    sheet = book.add_worksheet(_("Tổng hợp"))
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"bold": True, "text_wrap": True})
    sheet.write(0, 0, str(content.round), bold)
    units, figures = _figures(content)
    sheet.write(1, 0, _("Dòng tổng là công thức: sửa ô của đơn vị thì tổng đổi theo."))
    sheet.write(_FIRST - 1, 0, _("Đơn vị"), wrapped)
    sheet.write(_FIRST + len(units), 0, _("Tổng"), bold)
    for row, unit in enumerate(units, start=_FIRST):
        sheet.write_string(row, 0, str(unit))
    sheet.set_column(0, 0, 30)
    sheet.freeze_panes(_FIRST, 1)
    column = 1
    for line in content.lines:
        column = _columns(sheet, column, line.indicator, units, figures, wrapped, bold)
    book.close()
    return written.getvalue()


def _columns(
    sheet: Any,
    column: int,
    indicator: Indicator,
    units: Sequence[Unit],
    figures: Mapping[tuple[int, int], StatedFigure],
    wrapped: Any,
    bold: Any,
) -> int:
    """Writes one indicator; gives the next free column."""
    ratio = indicator.kind == Kind.RATIO
    parts = (_("tử số"), _("mẫu số")) if ratio else ("",)
    last = _FIRST + len(units) - 1
    for offset, part in enumerate(parts):
        at = column + offset
        named = f"{indicator} ({indicator.unit_of_measure})" + (f", {part}" if part else "")
        sheet.write(_FIRST - 1, at, named, wrapped)
        sheet.set_column(at, at, 14)
        numbers = []
        for row, unit in enumerate(units, start=_FIRST):
            figure = figures.get((unit.pk, indicator.pk))
            if figure is None:
                continue
            value = figure.second if offset else figure.value
            if value is None:
                sheet.write_string(row, at, _("không phát sinh") if not figure.applicable else figure.words)
            else:
                sheet.write_number(row, at, float(value))
                numbers.append(value)
        if units and (function := _CELLS.get(Aggregation(indicator.over_units))):
            result = max(numbers) if function == "MAX" and numbers else sum(numbers, Decimal(0))
            formula = f"={function}({xl_range(_FIRST, at, last, at)})"
            sheet.write_formula(last + 1, at, formula, bold, float(result))
    return column + len(parts)


def _figures(content: Consolidated) -> tuple[list[Unit], Mapping[tuple[int, int], StatedFigure]]:
    asked = content.round
    rows = Return.objects.filter(round=asked).select_related("unit").order_by("unit__name", "pk")
    units = [row.unit for row in rows]
    found = StatedFigure.objects.filter(
        in_force=True,
        period=asked.period,
        unit__in=[unit.pk for unit in units],
        indicator__in=[line.indicator.pk for line in content.lines],
    )
    return units, {(figure.unit_id, figure.indicator_id): figure for figure in found}
