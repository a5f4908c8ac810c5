"""One way of placing people, in a process of its own, so that each has its own memory, clock and end.

python _placement_run.py WAY PROBLEM.json RESULT.json --limit SECONDS
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Json = dict[str, Any]
WHAT_IFS = 5


def ours(data: Json, limit: float) -> Json:
    from thongsuot.placement import Session, problem_from

    began, cpu = time.perf_counter(), time.process_time()
    problem = problem_from(data)
    session = Session(problem)
    plan = session.solve()
    took = {"seconds": time.perf_counter() - began, "cpu_seconds": time.process_time() - cpu}
    told = plan.as_dict()
    return {**took, **_score(told), "proof": told["proof"], "steps": told["seconds"], "plan": told} | {
        "what_if": _what_ifs(session, told)
    }


def _what_ifs(session: Any, plan: Json) -> Json:
    """One transfer refused; one person of another transfer kept where they are. The slowest of a few of each."""
    from thongsuot.placement import Forbid, Pin

    transfers = [one for one in plan["moves"] if one["kind"] == "transfer"]
    step = max(1, len(transfers) // (2 * WHAT_IFS))
    chosen = transfers[::step][: 2 * WHAT_IFS]
    asked: dict[str, list[Json]] = {
        "refusal": [
            {"forbids": [Forbid(one["person"], one["to"]["unit"], one["to"]["position"])]}
            for one in chosen[::2]
        ],
        "pin": [
            {"pins": [Pin(one["person"], one["from"]["unit"], one["from"]["position"])]}
            for one in chosen[1::2]
        ],
    }
    result: Json = {}
    for name, questions in asked.items():
        times, cpus, statuses = [], [], set()
        for question in questions:
            began, cpu = time.perf_counter(), time.process_time()
            answer = session.resolve(**{"pins": [], "forbids": [], **question})
            times.append(time.perf_counter() - began)
            cpus.append(time.process_time() - cpu)
            statuses.add(answer.status)
        result[name] = {
            "asked": len(times),
            "seconds_max": round(max(times, default=0), 3),
            "cpu_seconds_max": round(max(cpus, default=0), 3),
            "statuses": sorted(statuses),
        }
    return result


def _peer(name: str) -> Callable[[Json, float], Json]:
    def run(data: Json, limit: float) -> Json:
        import _placement_by_hand
        import _placement_peers
        from _placement_board import Board

        ways = {
            "mip": _placement_peers.mip,
            "cpsat": _placement_peers.cpsat,
            "greedy": _placement_by_hand.greedy,
        }
        began, cpu = time.perf_counter(), time.process_time()
        board = Board(data)
        found = ways[name](board, limit)
        took = {"seconds": time.perf_counter() - began, "cpu_seconds": time.process_time() - cpu}
        about = {"proven": found.proven, "bound": found.bound, **found.facts}
        if found.chosen is None:
            return {**took, "status": found.status, **about}
        plan = board.plan(found.chosen, found.status, found.bound)
        return {**took, **_score(plan), **about, "plan": plan}

    return run


WAYS: dict[str, Callable[[Json, float], Json]] = {
    "ours": ours,
    "mip": _peer("mip"),
    "cpsat": _peer("cpsat"),
    "greedy": _peer("greedy"),
}


def _score(plan: Json) -> Json:
    objective = plan["objective"]
    return {
        "filled_weight": objective["filled_weight"],
        "transfers": objective["transfers"],
        "status": plan["status"],
        "objective": objective,
        "bound": plan["bound"],
        "filled": -sum(one["count"] for one in plan["unfilled"]),  # and the places of the problem, below
        "moved": len(plan["moves"]),
        "km": round(sum(one["km"] for one in plan["moves"]), 1),
    }


def run(way: str, data: Json, limit: float) -> Json:
    """The way in a process of its own; its plan has gone through the checker. A way that is killed says so."""
    with tempfile.TemporaryDirectory(prefix="thongsuot-bench-") as folder:
        given, told = Path(folder) / "problem.json", Path(folder) / "result.json"
        given.write_text(json.dumps(data), "utf-8")
        command = [sys.executable, __file__, way, str(given), str(told), "--limit", str(limit)]
        try:
            done = subprocess.run(
                command, timeout=3 * limit + 600, capture_output=True, text=True, check=False,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(one for one in sys.path if one)},
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return {"seconds": 3 * limit + 600, "status": "unknown", "died": "did not stop at its limit"}
        if done.returncode or not told.exists():
            return {"status": "unknown", "died": f"exit {done.returncode}: {done.stderr[-500:]}"}
        result: Json = json.loads(told.read_text("utf-8"))
    return _checked(data, result)


def _checked(data: Json, result: Json) -> Json:
    """Scored anew by code that shares nothing with any of the ways."""
    from thongsuot.placement import check, problem_from

    plan = result.pop("plan", None)
    if plan is None:
        return result
    report = check(problem_from(data), plan)
    if not report.ok:
        raise SystemExit("the checker refuses a plan: " + "; ".join(str(one) for one in report.broken[:5]))
    result["filled"] += sum(one["places"] for one in data["frames"])
    return {**result, "checked": True}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("way", choices=sorted(WAYS))
    parser.add_argument("problem", type=Path)
    parser.add_argument("result", type=Path)
    parser.add_argument("--limit", type=float, required=True)
    options = parser.parse_args(arguments)
    data = json.loads(options.problem.read_text("utf-8"))
    result = WAYS[options.way](data, options.limit)
    result["peak_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    for name in ("seconds", "cpu_seconds"):
        result[name] = round(result[name], 3)
    options.result.write_text(json.dumps(result), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
