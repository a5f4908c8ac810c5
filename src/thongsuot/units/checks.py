"""System checks: no view without a declared access."""

from collections.abc import Iterable, Iterator

from django.core.checks import CheckMessage, Error, register
from django.urls import URLPattern, URLResolver, get_resolver

# Packages whose views guard themselves: sign-in pages, and Django's own language switch.
SELF_GUARDED = ("allauth.", "django.views.i18n", "django.views.generic.base")


@register()
def every_view_declares_its_access(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    return [
        Error(f"The view of '{path}' does not declare its access (units.access).", id="units.E001")
        for path, pattern in walk(get_resolver().url_patterns)
        if not hasattr(pattern.callback, "access")
        and not pattern.callback.__module__.startswith(SELF_GUARDED)
    ]


def walk(patterns: Iterable[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from walk(pattern.url_patterns, path)
        else:
            yield path, pattern
