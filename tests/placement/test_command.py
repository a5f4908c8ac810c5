"""`thongsuot place`: exit codes, files whole or not at all, every fault at once."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.placement.small import person, position, problem_data, unit
from thongsuot.placement.command import main


def good(**parts: Any) -> dict[str, Any]:
    return problem_data(
        units=[unit("A"), unit("B", 12)],
        positions=[position("P")],
        frames=[{"unit": "A", "position": "P", "places": 1}, {"unit": "B", "position": "P", "places": 1}],
        people=[person("p0", "A", "P"), person("p1", "A", "P")],
        **parts,
    )


def written(tmp_path: Path, data: Any) -> str:
    file = tmp_path / "problem.json"
    file.write_text(data if isinstance(data, str) else json.dumps(data), "utf-8")
    return str(file)


def test_a_plan_is_written_and_passes_the_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    problem, out = written(tmp_path, good()), str(tmp_path / "plan.json")
    assert main([problem, "--out", out, "--time-limit", "60"]) == 0
    plan = json.loads(Path(out).read_text("utf-8"))
    assert plan["schema"] == "thongsuot.placement.plan/1"
    assert plan["status"] == "optimal"
    assert plan["bound"] == plan["objective"]
    assert [move["to"] for move in plan["moves"]] == [{"unit": "B", "position": "P"}]
    assert main(["--check", problem, out]) == 0
    assert "filled_weight: 2" in capsys.readouterr().out


def test_a_plan_changed_by_hand_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    problem, out = written(tmp_path, good()), tmp_path / "plan.json"
    main([problem, "--out", str(out)])
    plan = json.loads(out.read_text("utf-8"))
    plan["objective"]["filled_weight"] = 3
    out.write_text(json.dumps(plan), "utf-8")
    assert main(["--check", problem, str(out)]) == 1
    assert "filled_weight" in capsys.readouterr().err


def test_pins_that_clash_end_with_three(tmp_path: Path) -> None:
    pins = [{"person": one, "unit": "B", "position": "P"} for one in ("p0", "p1")]
    out = tmp_path / "plan.json"
    assert main([written(tmp_path, good(pins=pins)), "--out", str(out)]) == 3
    plan = json.loads(out.read_text("utf-8"))
    assert plan["status"] == "infeasible"
    assert len(plan["clash"]["pins"]) == 2
    assert plan["clash"]["rules"] == ["places"]


@pytest.mark.parametrize(
    ("change", "paths"),
    [
        ({"schema": "other"}, ["schema"]),
        ({"units": 3}, ["units"]),
        ({"frames": [{"unit": "Z", "position": "Q", "places": -1}]}, ["frames[0].unit", "frames[0].places"]),
        ({"people": [person("p0", "A", "P"), person("p0", "A", "P")]}, ["people[1].id"]),
        ({"people": [person("p0", "A", "P", fits={"X": "full"})]}, ["people[0].fits.X"]),
        ({"people": [person("p0", "A", "P", fits={"P": "some"})]}, ["people[0].fits.P"]),
        ({"people": [person("p0", "A", "P", origin="nowhere")]}, ["people[0].origin"]),
        ({"people": [person("p0", "A", "P", block="army")]}, ["people[0].block"]),
        ({"rules": {"keep_cover": "yes"}}, ["rules.max_km", "rules.keep_cover"]),
        ({"rules": {"max_km": -1}}, ["rules.max_km"]),
        ({"pins": [{"person": "x", "unit": "A", "position": None}]}, ["pins[0].person", "pins[0].position"]),
        (
            {"units": [{"code": "A", "name": "A", "lat": 95, "area": "", "quota": 1.5}]},
            ["units[0].lat", "units[0].lon"],
        ),
        ({"positions": [position("P", -1)]}, ["positions[0].weight"]),
        ({"on": "4/12/2025"}, ["on"]),
    ],
)
def test_every_fault_is_told_with_its_path_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: dict[str, Any], paths: list[str]
) -> None:
    out = tmp_path / "plan.json"
    assert main([written(tmp_path, good() | change), "--out", str(out)]) == 2
    told = capsys.readouterr().err
    assert [path for path in paths if f"{path}: " not in told] == []
    assert all(" / " in line for line in told.splitlines())
    assert not out.exists()


@pytest.mark.parametrize("text", ["{", "[]", '{"schema": NaN}', '{"on": 1, "on": 2}', "\ud800"])
def test_broken_json_is_bad_input(tmp_path: Path, text: str) -> None:
    file = tmp_path / "problem.json"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    assert main([str(file)]) == 2
    assert main([str(tmp_path / "missing.json")]) == 2


def test_the_command_loads_no_django(tmp_path: Path) -> None:
    code = (
        "import sys; from thongsuot.command_line import main; "
        f"done = main(['place', {written(tmp_path, good())!r}, '--out', {str(tmp_path / 'plan.json')!r}]); "
        "sys.exit(done or ('django' in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
