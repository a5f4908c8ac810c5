"""Reads about units: by date, by name, for the pages, and the mandates of a user."""

from thongsuot.units.queries.dated import (
    communes_of,
    communes_on_the_ground_of,
    holding_on,
    predecessors,
    province_of,
    province_on,
    provinces_on,
    successors,
    units_on,
)
from thongsuot.units.queries.grounds import former_provinces
from thongsuot.units.queries.mandates import (
    colleagues,
    deputies_of,
    final_successors,
    mandates_in_force,
    mandates_left_at,
    standing_in,
    users_with,
    wholly_merged_into,
)
from thongsuot.units.queries.names import TypedUnit, UnitHit, search_units, units_by_names
from thongsuot.units.queries.pages import (
    Coloured,
    UnitPage,
    by_distance,
    coloured_communes,
    commune_rows,
    unit_page,
)

__all__ = [
    "Coloured",
    "TypedUnit",
    "UnitHit",
    "UnitPage",
    "by_distance",
    "colleagues",
    "coloured_communes",
    "commune_rows",
    "communes_of",
    "communes_on_the_ground_of",
    "deputies_of",
    "final_successors",
    "former_provinces",
    "holding_on",
    "mandates_in_force",
    "mandates_left_at",
    "predecessors",
    "province_of",
    "province_on",
    "provinces_on",
    "search_units",
    "standing_in",
    "successors",
    "unit_page",
    "units_by_names",
    "units_on",
    "users_with",
    "wholly_merged_into",
]
