"""What the page and the paper of a conference show: its points with what became of each, and its returns."""

from dataclasses import dataclass

from django.db.models import Count, Q

from thongsuot.matters.enums import CLOSED, OrderState
from thongsuot.matters.models import Matter
from thongsuot.oversight.models import Conclusion, Conference
from thongsuot.returns.enums import COUNTED, HANDED_IN
from thongsuot.returns.models import Return


@dataclass(frozen=True, slots=True)
class ConclusionLine:
    """A point, with how many tasks came of it and how many of them are done."""

    conclusion: Conclusion
    given: int
    done: int

    @property
    def issued(self) -> bool:
        order = self.conclusion.order
        return order is not None and order.state == OrderState.ISSUED

    @property
    def waits(self) -> bool:
        """Assigns work nobody has been given yet."""
        return self.conclusion.assigns and not self.issued


@dataclass(frozen=True, slots=True)
class PaperStanding:
    """How complete the returns are that lie before the conference."""

    owed: int
    handed_in: int
    accepted: int


def conclusion_lines(conference: Conference) -> list[ConclusionLine]:
    points = list(conference.conclusions.select_related("order"))
    orders = [point.order_id for point in points if point.order_id]
    counted = (
        Matter.objects.filter(order__in=orders)
        .order_by()
        .values_list("order")
        .annotate(given=Count("pk"), done=Count("pk", filter=Q(state__in=CLOSED)))
    )
    told = {order: (given, done) for order, given, done in counted}
    return [ConclusionLine(point, *told.get(point.order_id, (0, 0))) for point in points]


def paper_standing(conference: Conference) -> PaperStanding | None:
    if not conference.paper_id:
        return None
    counts = Return.objects.filter(round=conference.paper_id).aggregate(
        owed=Count("pk"),
        handed_in=Count("pk", filter=Q(state__in=HANDED_IN)),
        accepted=Count("pk", filter=Q(state__in=COUNTED)),
    )
    return PaperStanding(**counts)
