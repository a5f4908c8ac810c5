"""`thongsuot place`: a problem file in, a plan out; or a plan checked. Knows nothing of the web application."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from thongsuot.placement.checker import check
from thongsuot.placement.faults import BadProblem
from thongsuot.placement.parsing import load, problem_from
from thongsuot.placement.session import solve

USAGE = """thongsuot place PROBLEM.json [--out PLAN.json] [--time-limit SECONDS]
       thongsuot place --check PROBLEM.json PLAN.json"""
WELL, BROKEN, BAD_INPUT, CLASH = range(4)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="thongsuot place", usage=USAGE, description=__doc__)
    parser.add_argument("problem", metavar="PROBLEM.json", help="the problem; - for standard input")
    parser.add_argument("plan", nargs="?", metavar="PLAN.json", help="with --check: the plan to score anew")
    parser.add_argument(
        "--out", metavar="PLAN.json", help="where to write the plan; standard output without it"
    )
    parser.add_argument("--time-limit", type=_seconds, metavar="SECONDS", help="how long to solve at most")
    parser.add_argument("--check", action="store_true", help="score the plan anew and list every broken rule")
    return parser


def _seconds(text: str) -> float:
    number = float(text)
    if not 0 < number < float("inf"):
        raise argparse.ArgumentTypeError("must be more than 0 seconds")
    return number


def _complain(lines: Sequence[str]) -> None:
    sys.stderr.buffer.write("".join(f"{line}\n" for line in lines).encode("utf-8", "replace"))
    sys.stderr.buffer.flush()


def _read(file: str) -> Any:
    """The decoded JSON. Raises `BadProblem` and `OSError`."""
    return load(sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes())


def _write(out: str | None, data: dict[str, Any]) -> None:
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    if out is None or out == "-":
        sys.stdout.buffer.write(text.encode("utf-8"))
        sys.stdout.buffer.flush()
        return
    beside = Path(out).with_name(Path(out).name + ".part")
    beside.write_text(text, "utf-8")
    beside.replace(out)  # a plan is there whole or not at all


def _place(file: str, out: str | None, limit: float | None) -> int:
    plan = solve(problem_from(_read(file)), time_limit=limit)
    _write(out, plan.as_dict())
    return CLASH if plan.status == "infeasible" else WELL


def _check(problem: str, plan: str) -> int:
    report = check(problem_from(_read(problem)), _read(plan))
    for name, value in report.objective.as_dict().items():
        sys.stdout.write(f"{name}: {value}\n")
    _complain([str(broken) for broken in report.broken])
    return WELL if report.ok else BROKEN


def main(argv: Sequence[str]) -> int:
    """0 well, 1 the plan checked breaks a rule, 2 bad input, 3 pins that cannot all hold."""
    parser = _parser()
    arguments = parser.parse_args(argv)
    if arguments.check != (arguments.plan is not None):
        parser.error("--check needs PROBLEM.json and PLAN.json; without --check give PROBLEM.json alone")
    try:
        if arguments.check:
            return _check(arguments.problem, arguments.plan)
        return _place(arguments.problem, arguments.out, arguments.time_limit)
    except BadProblem as problem:
        _complain([str(fault) for fault in problem.faults])
    except FileNotFoundError as problem:
        _complain([f"{problem.filename}: Không có tệp này. / There is no such file."])
    except OSError as problem:
        _complain(
            [
                f"{problem.filename}: Không mở hoặc ghi được tệp. / Cannot be opened or written ({problem.strerror})."
            ]
        )
    return BAD_INPUT
