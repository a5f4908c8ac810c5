"""Pages of figures: as texts give them, what they add up to, one place, the catalogue."""

from thongsuot.indicators.views.asking import asked
from thongsuot.indicators.views.catalogue import catalogue_page, edit_indicator, indicator_page, propose
from thongsuot.indicators.views.cited import figures
from thongsuot.indicators.views.disputes import answer, dispute, disputes
from thongsuot.indicators.views.targets import targets
from thongsuot.indicators.views.totals import cell, country, restated, scores, through, totals

__all__ = [
    "answer",
    "asked",
    "catalogue_page",
    "cell",
    "country",
    "dispute",
    "disputes",
    "edit_indicator",
    "figures",
    "indicator_page",
    "propose",
    "restated",
    "scores",
    "targets",
    "through",
    "totals",
]
