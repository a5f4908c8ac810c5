"""Which province the ground of a commune belonged to before the present one."""

from collections import Counter, defaultdict
from collections.abc import Mapping

from django.db.models import Count
from django.db.models.functions import Coalesce

from thongsuot.units.models import Succession, Unit


def former_provinces(province: Unit) -> Mapping[int, Unit]:
    """By key of a commune of the province: the former province most of the units it came of lay in, however often it
    was merged since. Communes the registers know no predecessor of are left out."""
    came_from = _provinces_of_predecessors(province)
    found = Unit.objects.in_bulk({pk for counts in came_from.values() for pk in counts})
    areas: dict[int, Unit] = {}
    for commune, counts in came_from.items():
        most = max(counts, key=lambda pk: (counts[pk], -pk))
        areas[commune] = found[most]
    return areas


def _provinces_of_predecessors(province: Unit) -> Mapping[int, Counter[int]]:
    found: dict[int, Counter[int]] = defaultdict(Counter)
    # Where the ground of a predecessor goes on to: at first every commune leads to itself.
    frontier = {pk: {pk} for pk in Unit.objects.filter(parent=province).values_list("pk", flat=True)}
    while frontier:
        passed = Succession.objects.filter(successor__in=_keys(frontier)).order_by()
        rows = passed.values_list(
            "successor", "predecessor", Coalesce("predecessor__parent__parent", "predecessor__parent")
        ).annotate(Count("pk"))
        before: dict[int, set[int]] = defaultdict(set)
        for successor, predecessor, above, _count in rows:
            if above == province.pk:  # merged again since: ask on
                before[predecessor] |= frontier[successor]
            elif above is not None:
                for commune in frontier[successor]:
                    found[commune][above] += 1
        frontier = dict(before)
    return found


def _keys(frontier: Mapping[int, set[int]]) -> list[int]:
    return sorted(frontier)
