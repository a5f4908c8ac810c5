"""What every commune said over each year, out of the figures that count already."""

from itertools import groupby

from django.db import migrations

from thongsuot.indicators.aggregation import Point, Several

_AT_ONCE = 5000


def keep(apps, schema_editor):
    figures = apps.get_model("indicators", "StatedFigure").objects.filter(in_force=True, unit__tier="commune")
    kept = apps.get_model("indicators", "UnitYear")
    rows = figures.order_by(
        "period__year", "period__kind", "period__calendar", "unit_id", "indicator_id", "period__number"
    ).values_list(
        "period__year", "period__kind", "period__calendar", "unit_id", "indicator_id", "period__number",
        "value", "second", "applicable",
    )
    lines = []
    for (year, kind, calendar, unit, indicator), group in groupby(rows.iterator(), key=lambda row: row[:5]):
        said = None
        for *_address, number, value, second, applicable in group:
            one = Several.of(Point(unit, number, value, second, applicable))
            said = one if said is None else said + one
        lines.append(
            kept(
                year=year, kind=kind, calendar=calendar, unit_id=unit, indicator_id=indicator, said=said.said,
                applicable=said.added.applicable, value=said.added.value, second=said.added.second,
                last_applicable=said.latest.applicable, last_value=said.latest.value,
                last_second=said.latest.second, highest=said.highest.value,
                highest_second=said.highest.second,
            )
        )
        if len(lines) == _AT_ONCE:
            kept.objects.bulk_create(lines)
            lines = []
    kept.objects.bulk_create(lines)


class Migration(migrations.Migration):
    dependencies = [("indicators", "0006_figures_of_a_year_kept")]

    operations = [migrations.RunPython(keep, migrations.RunPython.noop, elidable=True)]
