"""Reads about figures: as texts give them, as statements hold them, and what they add up to."""

from thongsuot.indicators.queries.cited import (
    differing,
    given,
    indicator_for_measure,
    latest_figures,
    newest_only,
    newest_stated,
    newest_values,
    rivals_of,
    summary,
    visible_figures,
    with_words,
)
from thongsuot.indicators.queries.held import Held, SaidThen, figures_at, held_figures, said_at
from thongsuot.indicators.queries.statements import (
    Clashing,
    figures_of,
    held_otherwise,
    in_force_of,
    stated_by,
)

__all__ = [
    "Clashing",
    "Held",
    "SaidThen",
    "differing",
    "figures_at",
    "figures_of",
    "given",
    "held_figures",
    "held_otherwise",
    "in_force_of",
    "indicator_for_measure",
    "latest_figures",
    "newest_only",
    "newest_stated",
    "newest_values",
    "rivals_of",
    "said_at",
    "stated_by",
    "summary",
    "visible_figures",
    "with_words",
]
