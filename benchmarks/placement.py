"""How fast people are placed, and how well, beside three other ways of doing it.

    thongsuot bench placement [--units N] [--caps] [--limit S] [--peers mip,cpsat,greedy] [--json]
    thongsuot bench placement --country [--workers N] [--dask ADDRESS] [--json]
    thongsuot bench placement --curve [--units N] [--svg FILE] [--json]

Invented people under real totals: 168 communes of the city, 27 positions, 1,052 people too many and 935 too few. The
peers are the plain integer programme through HiGHS, the plain CP-SAT model, and an office that works stage by stage by
hand. Each way has --limit seconds; what is not proven by then is not called optimal. Every plan goes through the
independent checker. With the defaults it ends within about three minutes and says which ways the limit cut short.
`seconds` is the time of the wall from the decoded JSON to the plan, `cpu_seconds` what the process itself used: other
work on the machine does not count there.
"""

import argparse
import json
import math
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import _staff
from _placement_curve import SERIES, drawing, text_chart
from _placement_memory import Peak
from _placement_run import WAYS, run

Json = dict[str, Any]
PEERS = [name for name in WAYS if name != "ours"]
CURVE = (10, 20, 40, 84, 168, 350, 700)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="thongsuot bench placement", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--units", type=int, default=None, help="how many communes (168: the city)")
    parser.add_argument("--caps", action="store_true", help="at most so many people may leave each commune")
    parser.add_argument("--limit", type=float, default=25, help="seconds each way may solve (25)")
    parser.add_argument("--peers", default=",".join(PEERS), help="which of them; empty for none")
    parser.add_argument("--country", action="store_true", help="34 provinces, 3,321 communes")
    parser.add_argument("--workers", type=int, default=None, help="processes for the country (every core)")
    parser.add_argument("--dask", metavar="ADDRESS", help="a Dask scheduler for the country")
    parser.add_argument("--curve", action="store_true", help="how time grows with size, up to --units (700)")
    parser.add_argument("--svg", type=Path, help="where to draw the curve")
    parser.add_argument("--seed", type=int, default=_staff.SEED)
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    options = parser.parse_args(arguments)
    peers = [name for name in options.peers.split(",") if name]
    if unknown := set(peers) - set(PEERS):
        parser.error(f"no such peer: {', '.join(sorted(unknown))}")
    if options.country:
        result, told = country(options), _country_table
    elif options.curve:
        result, told = curve(options), _curve_table
    else:
        result, told = compare(options, peers), _table
    print(json.dumps(result, ensure_ascii=False) if options.json else told(result))
    return 0


def compare(options: Any, peers: list[str]) -> Json:
    units = options.units or _staff.CITY_UNITS
    data = _staff.problem(units, caps=options.caps, seed=options.seed)
    result = {**_staff.review(data), "caps": options.caps, "limit": options.limit}
    result["ours"] = _ours(data, options)
    for name in peers:
        result[name] = run(name, data, options.limit)
    result["times_faster"] = {
        name: round(result[name]["seconds"] / result["ours"]["seconds"], 1)
        for name in peers
        if name != "greedy"
    }
    if not options.caps:
        capped = _staff.problem(units, caps=True, seed=options.seed)
        result["ours_with_caps"] = _ours(capped, options)
    ways = ["ours", *peers, "ours_with_caps"]
    result["limited"] = [
        name
        for name in ways
        if name != "greedy" and result.get(name, {}).get("status", "optimal") != "optimal"
    ]
    return result


def _ours(data: Json, options: Any) -> Json:
    return run("ours", data, options.limit)


def country(options: Any) -> Json:
    from thongsuot.placement.country import Solved, solve_country

    people: list[int] = []

    def problems() -> Iterator[tuple[str, Json]]:
        for code, data in _staff.country(caps=options.caps, seed=options.seed):
            people.append(len(data["people"]))
            yield code, data

    with Peak() as peak:
        began = time.perf_counter()
        outcomes = list(solve_country(problems(), workers=options.workers, dask=options.dask))
        seconds = time.perf_counter() - began
    solved = [one for one in outcomes if isinstance(one, Solved)]
    return {
        "units": len(_staff.communes()),
        "people": sum(people),
        "caps": options.caps,
        "provinces": len(outcomes),
        "optimal": sum(one.plan["status"] == "optimal" for one in solved),
        "lost": [
            {"province": one.code, "reason": one.reason} for one in outcomes if not isinstance(one, Solved)
        ],
        "filled_weight": sum(one.plan["objective"]["filled_weight"] for one in solved),
        "transfers": sum(one.plan["objective"]["transfers"] for one in solved),
        "unfilled": sum(place["count"] for one in solved for place in one.plan["unfilled"]),
        "surplus_left": sum(len(one.plan["surplus"]) for one in solved),
        "seconds": round(seconds, 1),
        "cpu_seconds": round(peak.cpu_seconds, 1),
        "peak_mb": round(peak.megabytes),
        "with": options.dask
        or "processes",  # of a cluster, time and memory of the workers are not ours to see
    }


def curve(options: Any) -> Json:
    largest = options.units or CURVE[-1]
    sizes = [one for one in CURVE if one < largest] + [largest]
    points = []
    for units in sizes:
        row: Json = {}
        for name, caps in (("ours", False), ("ours_with_caps", True)):
            data = _staff.problem(units, caps=caps, seed=options.seed)
            row |= {**_staff.review(data), name: _ours(data, options)}
        points.append(row)
    if options.svg:
        options.svg.write_text(drawing(points), "utf-8")
    return {"points": points, "svg": str(options.svg) if options.svg else None}


# Tables --------------------------------------------------------------------------------------------------------


def _table(result: Json) -> str:
    caps = "with departure caps" if result["caps"] else "no departure caps"
    lines = [
        f"{result['units']} units, {result['people']:,} people, {result['places']:,} places,"
        f" {result['surplus']:,} too many and {result['shortage']:,} too few; {caps};"
        f" each way has {result['limit']:.0f} s; proven: tiers of six",
        f"{'':16}{'seconds':>9}{'of a core':>10}{'MB':>7}{'proven':>7}{'weight':>8}{'bound':>9}{'filled':>8}"
        f"{'moves':>7}{'transfers':>10}{'km':>9}",
    ]
    names = ["ours", *PEERS, "ours_with_caps"]
    lines += [_line(name, result[name]) for name in names if name in result]
    for name in ("ours", "ours_with_caps"):
        for kind, asked in result.get(name, {}).get("what_if", {}).items():
            lines.append(
                f"{name}, what if one {kind}: {asked['seconds']} s, {asked['cpu_seconds']} of a core"
                f" (slowest of {asked['asked']}; half of them within {asked['median_seconds']} s)"
            )
    for name, times in result["times_faster"].items():  # of a way that did not finish, a lower bound
        least = "" if result[name]["status"] == "optimal" else "more than "
        lines.append(f"{name}: {least}{times} times our time")
    if result["limited"]:
        lines.append(
            f"not proven within {result['limit']:.0f} s: {', '.join(result['limited'])};"
            " their figures are what they had by then"
        )
    return "\n".join(lines)


def _line(name: str, one: Json) -> str:
    if one["filled_weight"] is None:
        return f"{name:16}{one['seconds']:9.2f}  stopped without a plan"
    proven = 6 if one["status"] == "optimal" else len(one.get("proven", []))
    return (
        f"{name:16}{one['seconds']:9.2f}{one['cpu_seconds']:10.2f}{one['peak_mb']:7}{proven:7}"
        f"{one['filled_weight']:8}{one['bound'].get('filled_weight', '-'):>9}{one['filled']:8}{one['moved']:7}"
        f"{one['transfers']:10}{one['km']:9.0f}"
    )


def _country_table(result: Json) -> str:
    lost = "; ".join(f"{one['province']}: {one['reason']}" for one in result["lost"]) or "none"
    return "\n".join(
        [
            f"{result['provinces']} provinces, {result['units']:,} units, {result['people']:,} people,"
            f" by {result['with']}",
            f"{result['seconds']} s, {result['cpu_seconds']} of a core, {result['peak_mb']} MB over"
            f" {'this process and those it started' if result['with'] == 'processes' else 'this process'}",
            f"optimal: {result['optimal']}; lost: {lost}",
            f"weight {result['filled_weight']:,}, transfers {result['transfers']:,},"
            f" places left open {result['unfilled']:,}, people left over {result['surplus_left']:,}",
        ]
    )


def _curve_table(result: Json) -> str:
    lines = [
        f"{'units':>6}{'people':>8}{'seconds':>9}{'of a core':>10}{'MB':>7}   with caps: s{'core':>8}{'MB':>7}"
    ]
    for one in result["points"]:
        free, capped = ({"cpu_seconds": math.nan, "peak_mb": 0, **one[name]} for name in SERIES)
        lines.append(
            f"{one['units']:6}{one['people']:8}{free['seconds']:9.2f}{free['cpu_seconds']:10.2f}{free['peak_mb']:7}"
            f"{capped['seconds']:15.2f}{capped['cpu_seconds']:8.2f}{capped['peak_mb']:7}"
        )
    return "\n".join([*lines, "", text_chart(result["points"])])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
