"""The system checks refuse a model that is silent about personal data."""

from types import SimpleNamespace

import pytest
from django.db import models

from thongsuot.audit import checks
from thongsuot.audit.labels import act_label, registered_verbs


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    shown: list[object] = []
    monkeypatch.setattr(checks, "apps", SimpleNamespace(get_models=lambda: shown))
    return shown


def silent(**attributes: object) -> type:
    fields = {"name": models.CharField(max_length=5), "__module__": "thongsuot.audit.models", **attributes}
    meta = type("Meta", (), {"app_label": "unregistered", "abstract": True})
    return type("Silent", (models.Model,), {**fields, "Meta": meta})


def test_a_model_that_states_nothing_is_an_error(only: list[object]) -> None:
    only.append(silent())
    assert [problem.id for problem in checks.every_model_states_its_personal_data(None)] == ["audit.E001"]


def test_a_statement_about_no_field_is_an_error(only: list[object]) -> None:
    only.append(silent(personal_data={"nobody": None}))
    assert [problem.id for problem in checks.every_model_states_its_personal_data(None)] == ["audit.E002"]


def test_a_statement_that_no_field_is_personal_is_enough(only: list[object]) -> None:
    only.append(silent(personal_data={}))
    assert checks.every_model_states_its_personal_data(None) == []


def test_every_recorded_verb_has_a_label() -> None:
    assert registered_verbs()
    assert all(act_label(verb) != verb for verb in registered_verbs())
    assert act_label("unknown.verb") == "unknown.verb"
