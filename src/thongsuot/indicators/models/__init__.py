from thongsuot.indicators.models.catalogue import Indicator
from thongsuot.indicators.models.cited import Figure
from thongsuot.indicators.models.disputes import Dispute
from thongsuot.indicators.models.periods import Period
from thongsuot.indicators.models.stated import StatedFigure, Statement, Subtotal, Target, UnitYear

__all__ = [
    "Dispute",
    "Figure",
    "Indicator",
    "Period",
    "StatedFigure",
    "Statement",
    "Subtotal",
    "Target",
    "UnitYear",
]
