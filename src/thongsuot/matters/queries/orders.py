from django.db.models import QuerySet

from thongsuot.matters.enums import OrderState
from thongsuot.matters.models import Matter, Order
from thongsuot.matters.policies import order_scope, scope
from thongsuot.units.models import Mandate


def visible_orders(by: Mandate) -> QuerySet[Order]:
    return Order.objects.filter(order_scope(by)).select_related("issuer", "issuer_body", "origin")


def own_drafts(by: Mandate) -> QuerySet[Order]:
    return visible_orders(by).filter(state=OrderState.DRAFT)


def tasks_of_order(order: Order, by: Mandate) -> QuerySet[Matter]:
    """Those the reader may see: a ward finds its own, the issuer all of them."""
    rows = Matter.objects.filter(scope(by), order=order).select_related("unit", "body")
    return rows.order_by("unit__name", "pk")
