"""What `thongsuot bench placement --json` promises to print."""

import json
from pathlib import Path

import pytest

from thongsuot.command_line import main


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["bench", "placement", *arguments]) == 0
    return capsys.readouterr().out


def test_one_object_with_every_way_side_by_side(capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(printed(capsys, "--units", "2", "--limit", "2", "--json"))
    assert told["units"] == 2
    assert told["people"] > 60
    for way in ("ours", "mip", "cpsat", "greedy"):
        assert {"seconds", "cpu_seconds", "filled_weight", "transfers", "status", "peak_mb"} <= told[
            way
        ].keys()
        assert told[way]["checked"]
    assert told["ours"]["status"] == "optimal"
    assert told["ours"]["filled_weight"] >= told["greedy"]["filled_weight"]
    assert told["ours"]["filled_weight"] >= told["ours_with_caps"]["filled_weight"]
    assert told["ours"]["what_if"].keys() == {"pin", "refusal"}
    assert told["mip"]["bound"]["filled_weight"] >= told["ours"]["filled_weight"]


def test_a_table_without_the_peers(capsys: pytest.CaptureFixture[str]) -> None:
    told = printed(capsys, "--units", "2", "--peers", "greedy", "--caps")
    assert "with departure caps" in told
    assert "greedy" in told
    assert "cpsat" not in told


def test_the_curve_is_a_table_and_a_drawing(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    drawing = tmp_path / "curve.svg"
    told = printed(capsys, "--curve", "--units", "2", "--svg", str(drawing))
    assert "units" in told
    assert "<polyline" in drawing.read_text("utf-8")


def test_a_way_that_does_not_stop_is_stopped_and_says_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import _placement_run

    monkeypatch.setattr(_placement_run, "GRACE", 0)
    told = json.loads(printed(capsys, "--units", "2", "--limit", "0.01", "--json"))
    for way in ("ours", "mip", "cpsat", "greedy", "ours_with_caps"):
        assert (told[way]["status"], told[way]["stopped"]) == ("unknown", True)
    assert "stopped without a plan" in printed(capsys, "--units", "2", "--limit", "0.01", "--peers", "greedy")


def test_a_peer_nobody_knows_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["bench", "placement", "--peers", "oracle"])
    assert "oracle" in capsys.readouterr().err
