"""Figures that somebody states for a unit and a period: what totals are made of."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thongsuot.audit.retention import Retention
from thongsuot.indicators.display import plain, printed_value
from thongsuot.indicators.enums import PAIRED, Calendar, Entry, PeriodKind, Qualifier
from thongsuot.indicators.models.catalogue import Indicator
from thongsuot.indicators.models.periods import Period
from thongsuot.units.models import Unit

STANDS_BEHIND = Retention(
    reason="A figure that counts in totals names who answers for it.",
    until="As long as the report is kept; the archive rules of the authority decide.",
)


class Statement(models.Model):
    """One paper in which a unit states its figures of a period; the app that keeps the paper knows it by `key`.

    The figures of an earlier version stay as they were: each version is a statement of its own. At most one
    statement of a key is in force, and only what is in force counts in totals.
    """

    key = models.CharField(max_length=60, db_index=True)
    version = models.PositiveSmallIntegerField(_("Phiên bản"), default=1)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="statements")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="statements")
    title = models.CharField(_("Tên báo cáo"), max_length=300)
    path = models.CharField(max_length=200)
    in_force = models.BooleanField(_("Được tính"), default=False)
    stated_by = models.CharField(_("Người chịu trách nhiệm"), max_length=200, blank=True)
    in_force_since = models.DateTimeField(_("Tính từ"), null=True, blank=True)

    personal_data: ClassVar[dict[str, Retention]] = {"stated_by": STANDS_BEHIND}

    class Meta:
        verbose_name = _("bảng số liệu")
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="statement_version_once"),
            models.UniqueConstraint(
                fields=["key"], condition=Q(in_force=True), name="statement_one_version_in_force"
            ),
            models.CheckConstraint(
                condition=Q(in_force=False) | Q(in_force_since__isnull=False), name="statement_in_force_since"
            ),
        ]
        indexes = [models.Index(fields=["unit", "period"], name="statement_unit_period")]

    def __str__(self) -> str:
        return self.title


class StatedFigure(models.Model):
    """Indicator x unit x period in one statement. Unit and period are repeated here: totals read nothing else.

    A ratio keeps its numerator in `value` and its denominator in `second`; a rating keeps its step in `value` and
    its word in `words`; a text only `words`. Not applicable is a statement too, and counts as none.
    """

    # Millions of rows: a key that already leads an index below gets none of its own.
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="figures", db_index=False)
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="stated")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="+", db_index=False)
    value = models.DecimalField(_("Giá trị"), max_digits=24, decimal_places=6, null=True, blank=True)
    second = models.DecimalField(_("Giá trị thứ hai"), max_digits=24, decimal_places=6, null=True, blank=True)
    qualifier = models.CharField(_("Mức xác định"), max_length=6, choices=Qualifier, default=Qualifier.EXACT)
    words = models.CharField(_("Nội dung"), max_length=500, blank=True)
    applicable = models.BooleanField(_("Có phát sinh"), default=True)
    in_force = models.BooleanField(default=False)
    # Where in the statement it came from: typed into the form, a cell of a workbook, taken over, counted by the loop.
    entry = models.CharField(_("Cách nhập"), max_length=8, choices=Entry, default=Entry.FORM)
    locator = models.CharField(_("Vị trí"), max_length=80, blank=True)

    personal_data: ClassVar[dict[str, Retention]] = {}

    class Meta:
        verbose_name = _("số liệu báo cáo")
        constraints = [
            models.UniqueConstraint(fields=["statement", "indicator"], name="stated_once_a_statement"),
            # One number at an address: whoever asks twice finds the figure already held.
            models.UniqueConstraint(
                fields=["unit", "period", "indicator"],
                condition=Q(in_force=True),
                include=["value", "second", "applicable"],
                name="stated_one_in_force",
            ),
            models.CheckConstraint(
                condition=Q(qualifier__in=PAIRED, second__isnull=False)
                | (~Q(qualifier__in=PAIRED) & Q(second__isnull=True)),
                name="stated_second_value_fits",
            ),
            models.CheckConstraint(
                condition=Q(applicable=True) | Q(value__isnull=True, words=""),
                name="stated_or_not_applicable",
            ),
            models.CheckConstraint(
                condition=Q(applicable=False) | Q(value__isnull=False) | ~Q(words=""),
                name="stated_says_something",
            ),
        ]
        indexes = [
            models.Index(
                fields=["period", "indicator", "unit"],
                include=["value", "second", "applicable"],
                condition=Q(in_force=True),
                name="stated_totals",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.display()}"

    def display(self) -> str:
        if not self.applicable:
            return str(_("không phát sinh"))
        if self.value is None:
            return self.words
        return printed_value(self.value, self.second, self.qualifier, self.indicator.unit_of_measure)


class Subtotal(models.Model):
    """What the figures in force of the communes of a province add up to, of one indicator in one period.

    Kept by the act that puts a statement in force, so that a page of the country reads 34 lines instead of 3,321.
    It holds what every rule needs (sum, sum of denominators, highest, lowest): a rule that changes needs no new line.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="+")
    province = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="+")
    units = models.PositiveIntegerField(default=0)
    not_applicable = models.PositiveIntegerField(default=0)
    value = models.DecimalField(max_digits=28, decimal_places=6, null=True)
    second = models.DecimalField(max_digits=28, decimal_places=6, null=True)
    highest = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    lowest = models.DecimalField(max_digits=24, decimal_places=6, null=True)

    personal_data: ClassVar[dict[str, Retention]] = {}

    class Meta:
        verbose_name = _("tổng theo tỉnh")
        constraints = [
            models.UniqueConstraint(fields=["period", "province", "indicator"], name="subtotal_once")
        ]
        indexes = [models.Index(fields=["province", "indicator", "period"], name="subtotal_series")]

    def __str__(self) -> str:
        return f"{self.indicator} · {self.province} · {self.period}"


class UnitYear(models.Model):
    """One indicator of one commune over all periods of one kind in a year: `aggregation.Several` of what is in force.

    Kept by the act that puts a statement in force, so that a year of the country reads one line where twelve months
    were stated. Like a subtotal it holds what every rule needs.
    """

    # Read by the year as a whole, or by the unit within it: the key below serves both.
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="+")
    calendar = models.CharField(max_length=6, choices=Calendar)
    kind = models.CharField(max_length=12, choices=PeriodKind)
    year = models.PositiveSmallIntegerField()
    said = models.PositiveSmallIntegerField()  # periods
    applicable = models.BooleanField()  # in any of them
    value = models.DecimalField(max_digits=28, decimal_places=6, null=True)
    second = models.DecimalField(max_digits=28, decimal_places=6, null=True)
    last_applicable = models.BooleanField()
    last_value = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    last_second = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    highest = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    highest_second = models.DecimalField(max_digits=24, decimal_places=6, null=True)

    personal_data: ClassVar[dict[str, Retention]] = {}

    class Meta:
        verbose_name = _("số liệu cả năm của đơn vị")
        constraints = [
            models.UniqueConstraint(
                fields=["year", "kind", "calendar", "unit", "indicator"], name="unit_year_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator} · {self.unit} · {self.year}"


class Target(models.Model):
    """What a unit (or, named at a province, each of its units) is to reach in a period."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="targets")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="+")
    value = models.DecimalField(_("Mục tiêu"), max_digits=24, decimal_places=6)
    basis = models.CharField(_("Căn cứ"), max_length=300)

    personal_data: ClassVar[dict[str, Retention]] = {}

    class Meta:
        verbose_name = _("mục tiêu")
        constraints = [models.UniqueConstraint(fields=["indicator", "unit", "period"], name="target_once")]

    def __str__(self) -> str:
        return f"{self.indicator} · {self.unit} · {self.period}"

    def display(self) -> str:
        return plain(self.value)
