"""System checks: no model without a statement on personal data."""

from collections.abc import Iterator

from django.apps import apps
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model

OURS = "thongsuot."


@register()
def every_model_states_its_personal_data(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    ours = (model for model in apps.get_models() if model.__module__.startswith(OURS))
    return [problem for model in ours for problem in _problems(model)]


def _problems(model: type[Model]) -> Iterator[CheckMessage]:
    stated = getattr(model, "personal_data", None)
    if stated is None:
        yield Error(
            "The model does not state its personal data (personal_data = {...}).", obj=model, id="audit.E001"
        )
        return
    for name in stated:
        try:
            model._meta.get_field(name)
        except FieldDoesNotExist:
            yield Error(f"personal_data names '{name}', which is no field.", obj=model, id="audit.E002")
