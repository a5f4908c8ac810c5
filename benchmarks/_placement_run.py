"""One way of placing people, in a process of its own, so that each has its own memory, clock and end.

python _placement_run.py WAY PROBLEM.json RESULT.json --limit SECONDS
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Json = dict[str, Any]
Keep = Callable[[Json], None]
Way = Callable[[Json, float, Keep], Json]

WHAT_IFS, UNDER_CAPS = 5, 3  # of each kind; under caps some take as long as the first solve
GRACE = (
    20  # seconds a way may take beside its limit, to build its model or because it does not look at the clock
)
# What is told of a way that was stopped before it had a plan.
NOTHING: Json = {"status": "unknown", "filled_weight": None, "transfers": None, "objective": {}, "bound": {}}


class Clock:
    def __init__(self) -> None:
        self.wall, self.cpu = time.perf_counter(), time.process_time()

    def read(self) -> Json:
        return {
            "seconds": round(time.perf_counter() - self.wall, 3),
            "cpu_seconds": round(time.process_time() - self.cpu, 3),
        }


def ours(data: Json, limit: float, keep: Keep) -> Json:
    from thongsuot.placement import Session, problem_from

    clock = Clock()
    session = Session(problem_from(data))
    plan = session.solve(time_limit=limit, explain=False)
    told = plan.as_dict()
    result = {**clock.read(), **_score(told), "proof": told["proof"], "steps": told["seconds"], "plan": told}
    keep(result)
    if plan.status != "optimal":  # ten more questions of that length are no news
        return result
    result["what_if"] = _what_ifs(session, plan, limit)
    keep(result)
    clock = Clock()
    explained = session.solve(time_limit=limit)
    result["with_explanation"] = {**clock.read(), "steps": dict(explained.seconds)}
    return result


def _what_ifs(session: Any, plan: Any, limit: float) -> Json:
    """One transfer refused; one person of a transfer kept where they are. Each with least disturbance to the plan
    before; the slowest of a few."""
    from thongsuot.placement import Forbid, Pin

    transfers = [one for one in plan.moves if one.kind == "transfer"]
    capped = any(unit.max_departures is not None for unit in session.problem.units)
    most = UNDER_CAPS if capped else WHAT_IFS
    chosen = transfers[:: max(1, len(transfers) // most)][:most]
    asked: dict[str, list[Json]] = {
        "refusal": [
            {"forbids": [Forbid(one.person, one.target.unit, one.target.position)]} for one in chosen
        ],
        "pin": [{"pins": [Pin(one.person, one.origin.unit, one.origin.position)]} for one in chosen],
    }
    result: Json = {}
    for name, questions in asked.items():
        clocks: list[Json] = []
        statuses = set()
        began = time.perf_counter()
        for question in questions:
            if clocks and time.perf_counter() - began > limit / 2:
                break  # the largest boards; the way has an end
            clock = Clock()
            answer = session.resolve(**question, previous=plan, time_limit=limit, explain=False)
            clocks.append(clock.read())
            statuses.add(answer.status)
        result[name] = {
            "asked": len(clocks),
            **{name: max((one[name] for one in clocks), default=0) for name in ("seconds", "cpu_seconds")},
            "median_seconds": round(statistics.median(one["seconds"] for one in clocks), 3) if clocks else 0,
            "statuses": sorted(statuses),
        }
    return result


def _peer(name: str) -> Way:
    def way(data: Json, limit: float, keep: Keep) -> Json:
        import _placement_by_hand
        import _placement_peers
        from _placement_board import Board, Found

        ways = {
            "mip": _placement_peers.mip,
            "cpsat": _placement_peers.cpsat,
            "greedy": _placement_by_hand.greedy,
        }
        clock = Clock()
        board = Board(data)

        def told(found: Found) -> Json:
            plan = board.plan(found.chosen, found.status, found.bound)
            return {**clock.read(), **_score(plan), "proven": found.proven, **found.facts, "plan": plan}

        return told(ways[name](board, limit, lambda found: keep(told(found))))

    return way


WAYS: dict[str, Way] = {"ours": ours, "mip": _peer("mip"), "cpsat": _peer("cpsat"), "greedy": _peer("greedy")}


def _score(plan: Json) -> Json:
    objective = plan["objective"]
    return {
        "filled_weight": objective["filled_weight"],
        "transfers": objective["transfers"],
        "status": plan["status"],
        "objective": objective,
        "bound": plan["bound"],
        "unfilled": sum(one["count"] for one in plan["unfilled"]),
        "moved": len(plan["moves"]),
        "km": round(sum(one["km"] for one in plan["moves"]), 1),
    }


def run(way: str, data: Json, limit: float) -> Json:
    """The way in a process of its own; its plan has gone through the checker. One that does not stop is stopped."""
    with tempfile.TemporaryDirectory(prefix="thongsuot-bench-") as folder:
        given, told = Path(folder) / "problem.json", Path(folder) / "result.json"
        given.write_text(json.dumps(data), "utf-8")
        command = [sys.executable, __file__, way, str(given), str(told), "--limit", str(limit)]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        clock = Clock()
        late: Json = {}
        try:
            done = subprocess.run(
                command, timeout=limit + GRACE, capture_output=True, text=True, check=False, env=environment
            )
        except subprocess.TimeoutExpired:
            late = {"seconds": clock.read()["seconds"], "stopped": True}
        else:
            if done.returncode:
                raise SystemExit(f"{way} died with {done.returncode}: {done.stderr[-2000:]}")
        if not told.exists():
            return {**NOTHING, **late}
        result: Json = json.loads(told.read_text("utf-8"))
    if "steps" not in result:  # whose plan stands as it is, and only a later question was stopped
        result |= late
    return _checked(data, result)


def _checked(data: Json, result: Json) -> Json:
    """Scored anew by code that shares nothing with any of the ways."""
    from thongsuot.placement import check, problem_from

    report = check(problem_from(data), result.pop("plan"))
    if not report.ok:
        raise SystemExit("the checker refuses a plan: " + "; ".join(str(one) for one in report.broken[:5]))
    places = sum(one["places"] for one in data["frames"])
    return {**result, "filled": places - result["unfilled"], "checked": True}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("way", choices=sorted(WAYS))
    parser.add_argument("problem", type=Path)
    parser.add_argument("result", type=Path)
    parser.add_argument("--limit", type=float, required=True)
    options = parser.parse_args(arguments)
    data = json.loads(options.problem.read_text("utf-8"))

    def keep(result: Json) -> None:
        result["peak_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        beside = options.result.with_suffix(".part")
        beside.write_text(json.dumps(result), "utf-8")
        beside.replace(options.result)

    keep(WAYS[options.way](data, options.limit, keep))
    return 0


if __name__ == "__main__":
    sys.exit(main())
