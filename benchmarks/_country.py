"""A country that reports: communes, indicators, months of returns taken in, and the figures they state.

Rows are made inside the database by statements of SQL, past the actions and without the indexes, which are built once
at the end: sixteen million figures would otherwise be a day's work. Numbers are plain arithmetic on the keys, so the
same size always gives the same figures; one in fifty is not applicable, one in a hundred was never stated.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

CITY = "79"
HANDED_IN = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)
# Of the last period, still under way: how many of a hundred returns have come how far.
UNDER_WAY = (("accepted", 60), ("approved", 75), ("submitted", 85), ("draft", 95), ("not_begun", 100))


class Country:
    def __init__(self, communes: int, indicators: int, periods: int) -> None:
        from thongsuot.audit.actors import SYSTEM
        from thongsuot.indicators.actions import load_catalogue
        from thongsuot.units.dataset import open_dataset
        from thongsuot.units.loading import load_units
        from thongsuot.units.models import Unit

        load_units(by=SYSTEM, dataset=open_dataset())
        load_catalogue(by=SYSTEM)
        current = Unit.objects.filter(tier="commune", valid_to__isnull=True).select_related("parent")
        ordered = sorted(current, key=_city_first)
        self.communes = ordered[:communes]
        self.provinces = list(dict.fromkeys(unit.parent for unit in self.communes))
        self.city = self.provinces[0]
        self.officer = self._person("chuyenvien", "city_officer", self.city)
        self.clerk = self._person("phuong", "ward_officer", self.communes[0])
        self.head = self._person("lanhdaophuong", "ward_leader", self.communes[0])
        self.overseer = self._overseer()
        self.indicators = self._catalogue(indicators)
        self.periods = self._months(periods)
        self.template = self._template()

    @staticmethod
    def _person(username: str, role: str, unit: Any) -> Any:
        from thongsuot.accounts.models import User
        from thongsuot.audit.actors import SYSTEM
        from thongsuot.units.actions import grant_mandate

        user = User.objects.create(username=username, full_name=username)
        return grant_mandate(by=SYSTEM, user=user, role=role, unit=unit, valid_from=date(2025, 7, 1))

    def _overseer(self) -> Any:
        """No role reaches the whole country; one that inherited every province does."""
        mandate = self._person("toanquoc", "city_officer", self.city)
        mandate.inherited = sorted({unit.parent_id for unit in self.communes} - {mandate.unit_id})
        mandate.save(update_fields=["inherited"])
        return mandate

    @staticmethod
    def _catalogue(wanted: int) -> list[Any]:
        """Those of the catalogue that can be added, and as many more as it takes, of every rule."""
        from thongsuot.indicators.models import Indicator

        rules = (
            ("count", "sum", "sum"),
            ("amount", "sum", "sum"),
            ("count", "sum", "latest"),
            ("ratio", "weighted", "weighted"),
            ("count", "max", "max"),
        )
        known = list(Indicator.objects.exclude(over_units="none").order_by("code"))[:wanted]
        pillars = ("economy", "society", "party", "security")
        more = [
            Indicator(
                code=f"do-luong-{n}",
                name=f"Chỉ tiêu {n}",
                unit_of_measure="việc",
                pillar=pillars[n % len(pillars)],
                kind=kind,
                over_units=over_units,
                over_periods=over_periods,
            )
            for n in range(wanted - len(known))
            for kind, over_units, over_periods in [rules[n % len(rules)]]
        ]
        Indicator.objects.bulk_create(more)
        return [*known, *Indicator.objects.filter(code__startswith="do-luong-").order_by("pk")]

    @staticmethod
    def _months(count: int) -> list[Any]:
        from thongsuot.indicators.actions import period_for
        from thongsuot.kernel.periods import PeriodName

        last = PeriodName("month", 2026, 11)
        return [period_for("state", last.moved(-back)) for back in range(count - 1, -1, -1)]

    def _template(self) -> Any:
        from thongsuot.returns.models import ReturnTemplate, TemplateLine, TemplateSection

        template = ReturnTemplate.objects.create(
            code="do-luong",
            name="Báo cáo tháng",
            period_kind="month",
            layout="state",
            valid_from=date(2024, 1, 1),
        )
        TemplateLine.objects.bulk_create(
            TemplateLine(template=template, indicator=indicator, position=at, heading=f"Nhóm {at // 20 + 1}")
            for at, indicator in enumerate(self.indicators, start=1)
        )
        TemplateSection.objects.bulk_create(
            TemplateSection(template=template, kind=kind, position=at, title=kind, required=False)
            for at, kind in enumerate(("results", "shortcomings", "next_tasks", "proposals"), start=1)
        )
        return template

    def report(self, communes: Sequence[Any]) -> int:
        """The returns of these communes, of every period; gives the number of figures there are."""
        from django.db import transaction

        from thongsuot.indicators.actions import rebuild_subtotals

        with transaction.atomic(), without_indexes():
            for period in self.periods:
                self._report(period, communes)
        rebuild_subtotals(periods=self.periods)
        _settle()
        return self.figures()

    @staticmethod
    def figures() -> int:
        from thongsuot.indicators.models import StatedFigure

        return StatedFigure.objects.count()

    def _rounds(self, period: Any, communes: Sequence[Any]) -> dict[int, Any]:
        """Those of the provinces of these communes, by key of the province."""
        from thongsuot.returns.models import Round

        Round.objects.bulk_create(
            (
                Round(
                    template=self.template,
                    unit_id=province,
                    period=period,
                    due=period.last_day + timedelta(days=4),
                    opened_at=HANDED_IN,
                    opened_by="Người mở",
                )
                for province in sorted({unit.parent_id for unit in communes})
            ),
            ignore_conflicts=True,
        )
        return {one.unit_id: one for one in Round.objects.filter(template=self.template, period=period)}

    def _report(self, period: Any, communes: Sequence[Any]) -> None:
        """One return of each commune, one version with its figures of each that was begun."""
        from django.db.models import Max

        from thongsuot.indicators.models import Statement
        from thongsuot.returns.models import Return, ReturnVersion

        of = self._rounds(period, communes)
        before = Statement.objects.aggregate(last=Max("pk"))["last"] or 0
        states = [self._state_of(period, number) for number in range(len(communes))]
        due = period.last_day + timedelta(days=4)
        owed = Return.objects.bulk_create(
            (
                Return(
                    round=of[unit.parent_id],
                    unit=unit,
                    state=state,
                    number=0 if state == "not_begun" else 1,
                    due=due,
                    handed_in_at=HANDED_IN if state in {"approved", "accepted"} else None,
                )
                for unit, state in zip(communes, states, strict=True)
            ),
            batch_size=2000,
        )
        begun = [one for one in owed if one.number]
        statements = Statement.objects.bulk_create(
            (
                Statement(
                    key=f"returns.return:{one.pk}",
                    version=1,
                    unit=one.unit,
                    period=period,
                    title="Báo cáo tháng",
                    path=f"/bao-cao/{one.pk}/",
                    in_force=one.state == "accepted",
                    in_force_since=HANDED_IN if one.state == "accepted" else None,
                    stated_by="Người duyệt" if one.state == "accepted" else "",
                )
                for one in begun
            ),
            batch_size=2000,
        )
        ReturnVersion.objects.bulk_create(
            (
                ReturnVersion(
                    parent=one,
                    number=1,
                    statement=statement,
                    begun_at=HANDED_IN,
                    begun_by="Người lập",
                    submitted_at=HANDED_IN if one.state in {"submitted", "approved", "accepted"} else None,
                    approved_at=HANDED_IN if one.state in {"approved", "accepted"} else None,
                    accepted_at=HANDED_IN if one.state == "accepted" else None,
                )
                for one, statement in zip(begun, statements, strict=True)
            ),
            batch_size=2000,
        )
        self._state(period, before)

    def _state_of(self, period: Any, number: int) -> str:
        if period != self.periods[-1]:
            return "accepted"
        return next(state for state, until in UNDER_WAY if number * 37 % 100 < until)

    def _state(self, period: Any, after: int) -> None:
        from django.db import connection

        keys = ",".join(str(indicator.pk) for indicator in self.indicators)
        with connection.cursor() as cursor:
            cursor.execute(_STATE.format(keys=keys), [period.pk, after])  # keys are our own numbers


# A number between 1 and 9,973 out of the keys of commune, indicator and period; all of it fits 32 bits.
_NUMBER = "((s.unit_id %% 9973) * 31 + i.id * 17 + s.period_id * 7) %% 9973"
_STATE = f"""
INSERT INTO indicators_statedfigure
    (statement_id, indicator_id, unit_id, period_id, value, second, qualifier, words, applicable, in_force, entry,
    locator)
SELECT s.id, i.id, s.unit_id, s.period_id,
    CASE WHEN {_NUMBER} %% 50 = 0 THEN NULL ELSE {_NUMBER} + 1 END,
    CASE WHEN i.kind = 'ratio' AND {_NUMBER} %% 50 <> 0 THEN {_NUMBER} + 500 ELSE NULL END,
    CASE WHEN i.kind = 'ratio' AND {_NUMBER} %% 50 <> 0 THEN 'ratio' ELSE '=' END,
    '', {_NUMBER} %% 50 <> 0, s.in_force, 'form', ''
FROM indicators_statement s CROSS JOIN indicators_indicator i
WHERE s.period_id = %s AND s.id > %s AND i.id IN ({{keys}}) AND ({_NUMBER} + 3) %% 100 <> 0
"""  # nothing in it comes from outside


def _city_first(unit: Any) -> tuple[bool, str, str]:
    return unit.parent.code != CITY, unit.parent.code, unit.code


@contextmanager
def without_indexes() -> Iterator[None]:
    """On PostgreSQL the table of figures without its indexes and the checks of its keys, until the block ends."""
    from django.db import connection

    from thongsuot.indicators.models import StatedFigure

    if connection.vendor != "postgresql":
        yield
        return
    meta = StatedFigure._meta
    unique = [one for one in meta.constraints if type(one).__name__ == "UniqueConstraint"]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
    with connection.schema_editor(atomic=False) as editor:
        for index in meta.indexes:
            editor.remove_index(StatedFigure, index)
        for constraint in unique:
            editor.remove_constraint(StatedFigure, constraint)
    yield
    with connection.schema_editor(atomic=False) as editor:
        for index in meta.indexes:
            editor.add_index(StatedFigure, index)
        for constraint in unique:
            editor.add_constraint(StatedFigure, constraint)


def _settle() -> None:
    """What a database does by itself over night: statistics, and the marks that let an index answer alone."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
