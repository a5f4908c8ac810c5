"""What is kept of people, field by field, as the models themselves state it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Field, Model

from thongsuot.audit.retention import Retention
from thongsuot.staffing.models import (
    Consent,
    Experience,
    Holding,
    ImportFile,
    Kinship,
    Lock,
    Person,
    PlanMove,
    PlanPaper,
    Qualification,
    Training,
    Transfer,
    Wish,
)

_ABOUT_PEOPLE: Sequence[type[Model]] = (
    Person,
    Holding,
    Qualification,
    Experience,
    Training,
    Wish,
    Lock,
    Kinship,
    PlanMove,
    PlanPaper,
    Transfer,
    Consent,
    ImportFile,
)


@dataclass(frozen=True, slots=True)
class KeptField:
    name: str
    retention: Retention


@dataclass(frozen=True, slots=True)
class KeptPart:
    """One table of people, by its name on pages."""

    name: str
    fields: Sequence[KeptField]


def kept_of_people() -> list[KeptPart]:
    return [
        KeptPart(str(model._meta.verbose_name), _fields(model)) for model in _ABOUT_PEOPLE if _fields(model)
    ]


def _fields(model: type[Model]) -> list[KeptField]:
    stated: dict[str, Retention] = model.personal_data  # type: ignore[attr-defined]
    fields = ((model._meta.get_field(name), retention) for name, retention in stated.items())
    return [
        KeptField(str(field.verbose_name), retention)
        for field, retention in fields
        if isinstance(field, Field) and field.editable
    ]
