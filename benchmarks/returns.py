"""Returns of a country: pages of totals and of completeness, one return saved, 168 workbooks, the roll-up of a year.

    thongsuot bench returns [--units N] [--indicators N] [--periods N] [--workbooks N] [--seconds S] [--json]

Builds N communes (3,321 is the country), 200 indicators and 24 months of figures in a database of its own beside the
configured one (PostgreSQL when THONGSUOT_DATABASE_URL says so, else SQLite), starts the product's server over it and
asks for each page again and again. The same pages with a twentieth of the communes stand beside them in the same run:
cost should follow what is shown. Two pages show more with more communes, and say so: "country" has a line for each
province, "board" every commune on one screen.

Workbooks go the way of the batch page: received, read and written by two processes, as two workers would. The roll-up
is asked for twice: of a whole year, which is kept as figures come into force, and of eleven months of it, which are
added up anew. Beside it stands the same sum in DuckDB over a Parquet file of the same figures, which is about as quick
as it gets. What is being done is told on stderr.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from _city import own_database
from _country import Country
from _two_workers import WORKERS, read, two_workers, write
from _visitors import Times, percentiles, queries_of, server, session_cookie, visit

LIMITS_MS = {"totals": 300, "country": 300, "board": 500, "board of a city": 500, "cell": 100}
SHOWS_MORE = ("country", "board")  # with more communes
LIMIT_SAVE_MS, LIMIT_WORKBOOKS_S, LIMIT_ROLLUP_S, LIMIT_GROWTH = 150, 30, 5, 2
SAVES = 40
LEAST = 3  # answers of a page that say anything of it
_BEGAN = time.perf_counter()


def tell(what: str) -> None:
    print(f"{time.perf_counter() - _BEGAN:7.1f} s  {what}", file=sys.stderr, flush=True)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="thongsuot bench returns", description=__doc__)
    parser.add_argument("--units", type=int, default=168, help="communes; the country has 3,321")
    parser.add_argument("--indicators", type=int, default=200)
    parser.add_argument("--periods", type=int, default=24)
    parser.add_argument("--workbooks", type=int, default=168)
    parser.add_argument(
        "--seconds", type=float, default=20, help="how long the pages are asked for at each size"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    options = parser.parse_args(arguments)
    tell("migrating an empty database")
    with own_database() as environment:
        result = _measure(options, environment)
    if options.json:
        print(json.dumps(result))
    else:
        _print(result)
    return 0


def _measure(options: Any, environment: Mapping[str, str]) -> dict[str, Any]:
    from django.db import connection

    tell("the register of units, the catalogue, the template")
    country = Country(options.units, options.indicators, options.periods)
    few = max(1, options.units // 20)
    tell(f"returns of {few} communes")
    built = _timed(lambda: country.report(country.communes[:few]))
    tell(f"asking for pages over {country.figures():,} figures")
    smaller = _ask(country, environment, options.seconds)
    tell(f"returns of {options.units - few} more communes")
    built += _timed(lambda: country.report(country.communes[few:]))
    tell(f"asking for pages over {country.figures():,} figures")
    pages = _ask(country, environment, options.seconds)
    for name, figures in pages.items():
        before = smaller[name]["p50_ms"]
        figures["growth"] = round(figures["p50_ms"] / before, 2) if before else None
        figures["shows_more"] = name in SHOWS_MORE
    tell("saving a return")
    pages["save a return"] = _save(country)
    return {
        "database": connection.vendor,
        "units": options.units,
        "figures": country.figures(),
        "built_s": round(built),
        "pages": pages,
        "smaller": {"units": few, "pages": smaller},
        "workbooks": _workbooks(country, options.workbooks),
        "rollup": _roll_up(country),
    }


def _addresses(country: Country) -> dict[str, tuple[Any, str]]:
    from django.urls import reverse

    from thongsuot.returns.models import Return

    code, unit, period = country.indicators[0].code, country.communes[0], country.periods[-2]
    row = Return.objects.filter(unit=unit, round__period=period).get()
    return {
        "totals": (country.officer, f"{reverse('indicators:totals')}?period={period.pk}"),
        "country": (country.officer, f"{reverse('indicators:country')}?period={period.pk}"),
        "board": (country.overseer, f"{reverse('returns:board')}?shape=screen"),
        "board of a city": (country.officer, reverse("returns:board")),
        "round": (country.officer, row.round.get_absolute_url()),
        "cell": (country.officer, reverse("indicators:cell", args=[code, unit.pk, period.pk])),
        "scorecard": (country.clerk, reverse("indicators:scores", args=[unit.pk])),
        "return": (country.clerk, row.get_absolute_url()),
    }


def _ask(country: Country, environment: Mapping[str, str], seconds: float) -> dict[str, Any]:
    """One person after the other, without a pause; queries counted in a process of ours."""
    asked = _addresses(country)
    queries = {name: queries_of(who.user, address) for name, (who, address) in asked.items()}
    visitors = [
        (
            session_cookie(who.user),
            {name: address for name, (whose, address) in asked.items() if whose is who},
        )
        for who in {id(who): who for who, _address in asked.values()}.values()
    ]
    found: dict[str, Any] = {}
    with server(environment) as port:
        for visitor in visitors:
            visit(port, [visitor], seconds=min(3, seconds), pause=0)
            times = _enough(port, visitor, seconds / len(visitors))
            found |= {
                name: {**figures, "queries": queries[name]} for name, figures in times.figures().items()
            }
    return found


def _enough(port: int, visitor: tuple[str, dict[str, str]], seconds: float) -> Times:
    """For that long, and until every page was asked for a few times, however slow the machine is."""
    times = Times()
    while any(len(times.taken[name]) < LEAST for name in visitor[1]):
        more = visit(port, [visitor], seconds=seconds, pause=0)
        if more.failed:
            raise SystemExit(f"pages failed: {sorted(set(more.failed))[:5]}")
        for name, taken in more.taken.items():
            times.taken[name] += taken
    return times


def _opened(country: Country, wanted: int) -> list[Any]:
    """Returns of a period nobody has reported yet, begun."""
    from thongsuot.kernel.periods import PeriodName
    from thongsuot.returns.actions import begin_return, open_round
    from thongsuot.returns.models import Return, Round

    name = PeriodName("month", 2026, 12)
    called = Round.objects.filter(period__year=name.year, period__number=name.number).first() or open_round(
        by=country.officer, template=country.template, name=name
    )
    rows = list(Return.objects.filter(round=called).select_related("unit").order_by("unit__code")[:wanted])
    for row in rows:
        begin_return(by=country.officer, row=row)
        row.refresh_from_db()
    return rows


def _save(country: Country) -> dict[str, Any]:
    """As when somebody presses Lưu: the return read, every cell of it written, everything said of it checked."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from thongsuot.returns.actions import Filled, save_return
    from thongsuot.returns.queries.papers import paper_of, visible_returns

    _opened(country, 1)
    key = visible_returns(country.clerk).filter(unit=country.communes[0], state="draft").latest("pk").pk

    def act(turn: int) -> None:
        row = visible_returns(country.clerk).get(pk=key)
        paper = paper_of(row)
        cells = _cells(paper.lines, turn)
        changed = save_return(
            by=country.clerk, row=row, filled=Filled(cells=cells), seen=row.version, lines=paper.lines
        )
        paper.checked(cells, paper.passages)
        if changed != len(cells):
            raise SystemExit(f"{changed} of {len(cells)} figures were saved")

    act(-1)
    took = [_timed(lambda turn=turn: act(turn)) for turn in range(SAVES)]  # type: ignore[misc]
    with CaptureQueriesContext(connection) as captured:
        act(SAVES)
    return {**percentiles(took), "queries": len(captured)}


def _cells(lines: Sequence[Any], turn: int) -> dict[int, Any]:
    from thongsuot.returns.checking import Cell

    return {
        line.pk: Cell(
            value=Decimal(100 + turn + at),
            second=Decimal(500 + turn + at) if line.indicator.kind == "ratio" else None,
        )
        for at, line in enumerate(lines)
    }


def _workbooks(country: Country, wanted: int) -> dict[str, Any]:
    """As many workbooks as there are communes of the city, filled in by Excel, sent in one go, read and written."""
    from thongsuot.returns.actions.workbooks import draw_workbook, queue_ready, receive_workbooks

    tell(f"{wanted} workbooks drawn and filled in")
    rows = _opened(country, wanted)
    files = [
        (f"{row.unit.code}.xlsx", _filled_in(draw_workbook(by=country.officer, row=row), turn))
        for turn, row in enumerate(rows[:wanted])
    ]
    tell(f"{WORKERS} processes read and write them")
    with two_workers() as processes:
        began = time.perf_counter()
        batch = receive_workbooks(by=country.officer, files=files)
        found = Counter(processes.map(read, list(batch.files.values_list("pk", flat=True))))
        between = time.perf_counter()
        keys = queue_ready(by=country.officer, batch=batch) if found["ready"] else []
        written = Counter(processes.map(write, keys))
        done = time.perf_counter()
    if written["applied"] != len(files):
        raise SystemExit(f"of {len(files)} workbooks: read {dict(found)}, written {dict(written)}")
    return {
        "count": len(files),
        "seconds": round(done - began, 1),
        "read_s": round(between - began, 1),
        "written_s": round(done - between, 1),
        "processes": WORKERS,
    }


def _filled_in(data: bytes, turn: int) -> bytes:
    from io import BytesIO

    import openpyxl  # type: ignore[import-untyped]

    from thongsuot.returns.workbooks.layout import FIGURES, FIRST_LINE, HEADS, SECOND, VALUE

    book = openpyxl.load_workbook(BytesIO(data))
    sheet = book[FIGURES]
    for row in range(FIRST_LINE, sheet.max_row + 1):
        if sheet.cell(row, 2).value is None:
            continue
        sheet.cell(row, VALUE + 1, 100 + turn + row)
        if not sheet.cell(row, SECOND + 1).protection.locked and len(HEADS) > SECOND:
            sheet.cell(row, SECOND + 1, 900 + turn + row)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _roll_up(country: Country) -> dict[str, Any]:
    from thongsuot.indicators.queries.totals import rolled_up

    tell("the roll-up of a year")
    year = _year_of(country.periods)
    ours: list[Any] = []
    took = min(_timed(lambda: ours.append(rolled_up(year, country.indicators))) for _turn in range(2))
    in_part = _timed(lambda: rolled_up(year[:-1], country.indicators))
    theirs, duck = _duckdb(year)
    for indicator in country.indicators:
        value = sum((total.value or 0 for (_place, key), total in ours[0].items() if key == indicator.pk), 0)
        if indicator.over_periods != "none" and value != theirs[indicator.pk][indicator.over_periods]:
            raise SystemExit(f"{indicator.code}: DuckDB gives {theirs[indicator.pk]}, we {value}")
    return {
        "ours_s": round(took, 2),
        "duckdb_s": round(duck, 2),
        "in_part_s": round(in_part, 2),
        "months": len(year),
        "limit_s": LIMIT_ROLLUP_S,
    }


def _year_of(periods: Sequence[Any]) -> list[Any]:
    """The year most of these lie in."""
    year, _many = Counter(period.year for period in periods).most_common(1)[0]
    return [period for period in periods if period.year == year]


# Figures of each commune over the months, by every rule; then of the communes of a province.
_QUACK = """
SELECT province, indicator, count(*), sum(added), sum(second), sum(last), sum(highest), max(added), min(added) FROM (
    SELECT unit, any_value(province) AS province, indicator, sum(value) AS added, sum(second) AS second,
        arg_max_null(value, month) AS last, max(value) AS highest
    FROM '{file}' GROUP BY unit, indicator
) GROUP BY province, indicator
"""


def _duckdb(year: Sequence[Any]) -> tuple[dict[int, dict[str, Decimal]], float]:
    """By indicator what its communes add up to by each rule over months, and the seconds of it."""
    import duckdb

    with tempfile.TemporaryDirectory() as folder:
        source, file = Path(folder) / "figures.csv", Path(folder) / "figures.parquet"
        tell("figures of the year as Parquet")
        _export(year, source)
        quack = duckdb.connect()
        quack.execute("SET threads TO 2")
        types = (
            "{'unit': 'INTEGER', 'province': 'INTEGER', 'indicator': 'INTEGER', 'month': 'INTEGER', "
            "'value': 'DECIMAL(24,6)', 'second': 'DECIMAL(24,6)'}"
        )
        quack.execute(
            f"COPY (SELECT * FROM read_csv('{source}', columns={types}, header=true)) TO '{file}' (FORMAT parquet)"
        )
        found: list[Any] = []
        took = min(
            _timed(lambda: found.append(quack.execute(_QUACK.format(file=file)).fetchall()))
            for _turn in range(2)
        )
    sums: dict[int, dict[str, Decimal]] = {}
    for _province, indicator, _many, added, _second, last, highest, *_rest in found[0]:
        there = sums.setdefault(indicator, dict.fromkeys(("sum", "weighted", "latest", "max"), Decimal(0)))
        for rule, number in (("sum", added), ("weighted", added), ("latest", last), ("max", highest)):
            there[rule] += number or 0
    return sums, took


def _export(year: Sequence[Any], file: Path) -> None:
    from django.db import connection

    from thongsuot.indicators.models import StatedFigure

    months = {period.pk: number for number, period in enumerate(year)}
    rows = StatedFigure.objects.filter(in_force=True, period__in=year)
    with file.open("w") as out:
        out.write("unit,province,indicator,month,value,second\n")
        if connection.vendor == "postgresql":
            _copied(months, out)
            return
        fields = ("unit", "unit__parent", "indicator", "period", "value", "second")
        for unit, province, indicator, period, *numbers in rows.values_list(*fields).iterator(
            chunk_size=50_000
        ):
            told = ("" if number is None else str(number) for number in numbers)
            out.write(f"{unit},{province},{indicator},{months[period]},{','.join(told)}\n")


def _copied(months: Mapping[int, int], out: Any) -> None:
    from django.db import connection

    month = "CASE f.period_id " + " ".join(f"WHEN {pk} THEN {n}" for pk, n in months.items()) + " END"
    keys = ", ".join(str(pk) for pk in months)
    with (
        connection.cursor() as cursor,
        cursor.copy(
            f"COPY (SELECT f.unit_id, u.parent_id, f.indicator_id, {month}, f.value, f.second "
            "FROM indicators_statedfigure f JOIN units_unit u ON u.id = f.unit_id "
            f"WHERE f.in_force AND f.period_id IN ({keys})) TO STDOUT (FORMAT csv)"
        ) as copied,
    ):
        for part in copied:
            out.write(bytes(part).decode())


def _timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _print(result: Mapping[str, Any]) -> None:
    print(
        f"{result['figures']:,} figures of {result['units']:,} communes on {result['database']}, "
        f"built in {result['built_s']} s; growth from {result['smaller']['units']} communes"
    )
    print(f"{'page':<16}{'p50 ms':>9}{'p95 ms':>9}{'limit':>8}{'queries':>9}{'growth':>8}")
    for name, figures in result["pages"].items():
        limit = LIMIT_SAVE_MS if name == "save a return" else LIMITS_MS.get(name, "")
        growth = figures.get("growth") or ""
        print(
            f"{name:<16}{figures['p50_ms']:>9}{figures['p95_ms']:>9}{limit:>8}{figures['queries']:>9}{growth:>8}"
        )
    books, rollup = result["workbooks"], result["rollup"]
    print(
        f"{books['count']} workbooks read and written in {books['seconds']} s (limit {LIMIT_WORKBOOKS_S} s)"
    )
    print(
        f"roll-up of {rollup['months']} months: {rollup['ours_s']} s (limit {LIMIT_ROLLUP_S} s), of one less, added up "
        f"anew, {rollup['in_part_s']} s; DuckDB over Parquet {rollup['duckdb_s']} s"
    )
    print(
        f"median growth of pages that show the same {statistics.median(_growths(result['pages']))} "
        f"(limit {LIMIT_GROWTH})"
    )


def _growths(pages: Mapping[str, Any]) -> Iterable[float]:
    return [one["growth"] for one in pages.values() if one.get("growth") and not one["shows_more"]]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
