"""What the other apps know about a unit, for its page. Apps above register panels when they are ready."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from thongsuot.units.models import Mandate, Unit

# One bounded query; None where the mandate sees nothing of this kind, and the panel is left out.
PanelQuery = Callable[[Unit, Mandate], Mapping[str, object] | None]


@dataclass(frozen=True, slots=True)
class Panel:
    order: int
    title: str | Promise
    template: str
    query: PanelQuery


@dataclass(frozen=True, slots=True)
class ShownPanel:
    """A panel with its answer; its template sees the names of `context` beside those of the page."""

    title: str | Promise
    template: str
    context: Mapping[str, object]


_PANELS: dict[str, Panel] = {}


def register_panel(order: int, title: str | Promise, template: str, query: PanelQuery) -> None:
    """Panels stand in ascending `order`; a template is registered once."""
    _PANELS[template] = Panel(order, title, template, query)


def panels_of(unit: Unit, by: Mandate) -> list[ShownPanel]:
    shown = []
    for panel in sorted(_PANELS.values(), key=lambda panel: (panel.order, panel.template)):
        context = panel.query(unit, by)
        if context is not None:
            shown.append(ShownPanel(panel.title, panel.template, context))
    return shown
