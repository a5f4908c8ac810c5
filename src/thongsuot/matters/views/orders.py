from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.lawbook.bodies import body_kinds
from thongsuot.matters.clocks import clock_state
from thongsuot.matters.enums import ClockState
from thongsuot.matters.models import Matter, Order
from thongsuot.matters.queries import tasks_of_order, visible_orders
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb


@dataclass(frozen=True, slots=True)
class TaskLine:
    task: Matter
    clock: ClockState


@dataclass(frozen=True, slots=True)
class OrderPage:
    order: Order
    lead: str
    supporters: str
    lines: list[TaskLine]


@needs(Verb.READ)
def order_page(request: MandatedRequest, pk: int) -> HttpResponse:
    order = get_object_or_404(visible_orders(request.mandate), pk=pk)
    today = timezone.localdate()
    shown = OrderPage(
        order=order,
        lead=body_kinds().get(order.lead_code, ""),
        supporters=", ".join(str(body) for body in order.supporters.all()),
        lines=[TaskLine(task, clock_state(task, today)) for task in tasks_of_order(order, request.mandate)],
    )
    crumbs = [(request.mandate.unit.title, ""), (_("Lệnh giao nhiệm vụ"), "")]
    return render(request, "matters/order_page.html", {"page": shown, "crumbs": crumbs})
