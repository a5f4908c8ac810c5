"""What each recorded verb is called on pages; every app registers its own when it is ready."""

from django.db.models import TextChoices

_ACTS: list[type[TextChoices]] = []


def register_acts(acts: type[TextChoices]) -> None:
    if acts not in _ACTS:
        _ACTS.append(acts)


def act_label(verb: str) -> str:
    for acts in _ACTS:
        if verb in acts.values:
            return str(acts(verb).label)
    return verb


def registered_verbs() -> set[str]:
    return {str(verb) for acts in _ACTS for verb in acts.values}
