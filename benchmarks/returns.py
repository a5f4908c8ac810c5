"""Returns of a country: pages of totals and of completeness, one return saved, 168 workbooks, the roll-up of a year.

    thongsuot bench returns [--units N] [--indicators N] [--periods N] [--workbooks N] [--seconds S] [--json]

Builds N communes (3,321 is the country), 200 indicators and 24 months of figures in a database of its own beside the
configured one (PostgreSQL when THONGSUOT_DATABASE_URL says so, else SQLite), starts the product's server over it and
asks for each page again and again. The same pages with a twentieth of the communes stand beside them in the same run:
cost should follow what is shown. Beside the roll-up of a year stands the same sum in DuckDB over a Parquet file of the
same figures, which is about as quick as it gets.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from _city import own_database
from _country import Country
from _visitors import percentiles, server, session_cookie, visit

LIMITS_MS = {"totals": 300, "country": 300, "board": 500, "cell": 100}
LIMIT_SAVE_MS, LIMIT_WORKBOOKS_S, LIMIT_ROLLUP_S, LIMIT_GROWTH = 150, 30, 5, 2
SAVES = 15
YEAR = 12  # months


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
    with own_database() as environment:
        result = _measure(options, environment)
    if options.json:
        print(json.dumps(result))
    else:
        _print(result)
    return 0


def _measure(options: Any, environment: Mapping[str, str]) -> dict[str, Any]:
    from django.db import connection

    country = Country(options.units, options.indicators, options.periods)
    few = max(1, options.units // 20)
    began = time.perf_counter()
    country.report(country.communes[:few])
    smaller = _ask(country, environment, options.seconds)
    country.report(country.communes[few:])
    built = round(time.perf_counter() - began)
    pages = _ask(country, environment, options.seconds)
    for name, figures in pages.items():
        before = smaller[name]["p50_ms"]
        figures["growth"] = round(figures["p50_ms"] / before, 2) if before else None
    pages["save a return"] = _save(country)
    return {
        "database": connection.vendor,
        "units": options.units,
        "figures": country.figures(),
        "built_s": built,
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
        "board": (country.officer, reverse("returns:board")),
        "round": (country.officer, row.round.get_absolute_url()),
        "cell": (country.officer, reverse("indicators:cell", args=[code, unit.pk, period.pk])),
        "scorecard": (country.clerk, reverse("indicators:scores", args=[unit.pk])),
        "return": (country.clerk, row.get_absolute_url()),
    }


def _ask(country: Country, environment: Mapping[str, str], seconds: float) -> dict[str, Any]:
    """One person after the other, without a pause; queries counted in a process of ours."""
    asked = _addresses(country)
    queries = {name: _queries(who.user, address) for name, (who, address) in asked.items()}
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
            visit(port, [visitor], seconds=3, pause=0)
            times = visit(port, [visitor], seconds=seconds / len(visitors), pause=0)
            if times.failed:
                raise SystemExit(f"pages failed: {sorted(set(times.failed))[:5]}")
            found |= {
                name: {**figures, "queries": queries[name]} for name, figures in times.figures().items()
            }
    return found


def _queries(user: Any, address: str) -> int:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code}")
    return len(captured)


def _opened(country: Country, wanted: int) -> list[Any]:
    """Returns of a period nobody has reported yet, begun."""
    from thongsuot.kernel.periods import PeriodName
    from thongsuot.returns.actions import begin_return, open_round
    from thongsuot.returns.models import Return

    called = open_round(by=country.officer, template=country.template, name=PeriodName("month", 2026, 12))
    rows = list(Return.objects.filter(round=called).select_related("unit").order_by("unit__code")[:wanted])
    for row in rows:
        begin_return(by=country.officer, row=row)
    return rows


def _save(country: Country) -> dict[str, Any]:
    """Every cell of a return written and everything said of it checked, as when somebody presses Lưu."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from thongsuot.returns.actions import Filled, save_return
    from thongsuot.returns.models import Return
    from thongsuot.returns.queries.papers import paper_of

    row = Return.objects.filter(unit=country.communes[0], state="draft").first() or _opened(country, 1)[0]
    lines = paper_of(row).lines

    def act(turn: int) -> None:
        row.refresh_from_db()
        save_return(by=country.clerk, row=row, filled=Filled(cells=_cells(lines, turn)), seen=row.version)
        list(paper_of(row).faults)

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
    from thongsuot.returns.actions.workbooks import (
        draw_workbook,
        read_file,
        receive_workbooks,
        write_workbook,
    )
    from thongsuot.returns.models import Return, WorkbookFile

    rows = list(Return.objects.filter(round__period__number=12, state="draft").select_related("unit"))
    rows = rows or _opened(country, wanted)
    files = [
        (f"{row.unit.code}.xlsx", _filled_in(draw_workbook(by=country.officer, row=row), turn))
        for turn, row in enumerate(rows[:wanted])
    ]
    began = time.perf_counter()
    batch = receive_workbooks(by=country.officer, files=files)
    for pk in batch.files.values_list("pk", flat=True):
        read_file(pk)
    for file in WorkbookFile.objects.filter(batch=batch):
        write_workbook(by=country.officer, file=file)
    seconds = time.perf_counter() - began
    written = WorkbookFile.objects.filter(batch=batch, state="written").count()
    if written != len(files):
        raise SystemExit(f"{written} of {len(files)} workbooks were written")
    return {"count": len(files), "seconds": round(seconds, 1)}


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

    year = country.periods[-YEAR:]
    ours: list[Any] = []
    took = min(_timed(lambda: ours.append(rolled_up(year, country.indicators))) for _turn in range(2))
    theirs, duck = _duckdb(country, year)
    added = sum(
        (total.value or Decimal(0) for (_province, code), total in ours[0].items() if code in theirs),
        Decimal(0),
    )
    if abs(added - sum(theirs.values())) > Decimal("0.5"):
        raise SystemExit(f"DuckDB adds up to {sum(theirs.values())}, we to {added}")
    return {"ours_s": round(took, 2), "duckdb_s": round(duck, 2), "limit_s": LIMIT_ROLLUP_S}


def _duckdb(country: Country, year: Sequence[Any]) -> tuple[dict[int, Decimal], float]:
    """The same figures as a Parquet file; its sums by indicator, and the seconds of the sum by province."""
    import duckdb

    from thongsuot.indicators.models import StatedFigure

    rows = StatedFigure.objects.filter(in_force=True, period__in=year)
    with tempfile.TemporaryDirectory() as folder:
        source, file = Path(folder) / "figures.csv", Path(folder) / "figures.parquet"
        with source.open("w") as out:
            out.write("unit,indicator,period,value,second,applicable\n")
            fields = ("unit__parent", "indicator", "period", "value", "second", "applicable")
            for row in rows.values_list(*fields).iterator(chunk_size=50_000):
                out.write(",".join("" if value is None else str(value) for value in row) + "\n")
        quack = duckdb.connect()
        quack.execute("SET threads TO 2")
        quack.execute(f"COPY (SELECT * FROM read_csv('{source}')) TO '{file}' (FORMAT parquet)")
        question = f"""
            SELECT unit, indicator, count(*), sum(value), sum(second), max(value), min(value)
            FROM '{file}' GROUP BY unit, indicator
        """
        took = min(_timed(lambda: quack.execute(question).fetchall()) for _turn in range(2))
        added = {one.pk for one in country.indicators if one.over_periods in ("sum", "weighted")}
        sums = quack.execute(f"SELECT indicator, sum(value) FROM '{file}' GROUP BY indicator").fetchall()
    return {code: Decimal(str(value)) for code, value in sums if code in added and value is not None}, took


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
        f"roll-up of {YEAR} months: {rollup['ours_s']} s (limit {LIMIT_ROLLUP_S} s), DuckDB over Parquet "
        f"{rollup['duckdb_s']} s; growth limit of pages {LIMIT_GROWTH}"
    )
    print(
        f"median growth {statistics.median(f['growth'] for f in result['pages'].values() if f.get('growth'))}"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
