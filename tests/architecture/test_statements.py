"""What the code must say of itself: personal data, settings, commands, roles."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import get_commands

from thongsuot.audit.checks import every_model_states_its_personal_data
from thongsuot.audit.retention import Retention
from thongsuot.lawbook.roles import roles

ROOT = Path(settings.REPOSITORY)
OPERATIONS = (ROOT / "docs" / "operations.md").read_text("utf-8")
OURS = [model for model in apps.get_models() if model.__module__.startswith("thongsuot.")]
COMMANDS = sorted(name for name, app in get_commands().items() if app.startswith("thongsuot."))


def test_every_model_states_its_personal_data() -> None:
    assert every_model_states_its_personal_data(None) == []


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_personal_data_say_why_they_are_kept_and_until_when(model: type) -> None:
    for retention in model.personal_data.values():  # type: ignore[attr-defined]
        assert isinstance(retention, Retention)
        assert len(retention.reason) > 20
        assert len(retention.until) > 10


def settings_read() -> set[str]:
    files = [
        *(ROOT / "src").rglob("*.py"),
        *(path for path in (ROOT / "scripts").iterdir() if path.is_file()),
    ]
    return {name for path in files for name in re.findall(r"THONGSUOT_[A-Z_]+[A-Z]", path.read_text("utf-8"))}


def test_every_setting_is_documented_and_every_documented_setting_is_read() -> None:
    assert set(re.findall(r"THONGSUOT_[A-Z_]+[A-Z]", OPERATIONS)) == settings_read()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command: str) -> None:
    assert f"`thongsuot {command}" in OPERATIONS


def test_every_documented_command_is_there() -> None:
    documented = set(re.findall(r"^\| `thongsuot (\w+)", OPERATIONS, re.MULTILINE))
    assert documented == set(COMMANDS)


@pytest.mark.parametrize("role", sorted(roles()))
def test_every_role_is_documented(role: str) -> None:
    assert f"`{role}`" in OPERATIONS
