"""Keeping figures and the catalogue they belong to.

- load_catalogue(by) -> number of indicators added or changed      (command load_indicators; idempotent)
- propose_indicator(by, name, unit_of_measure, kind=COUNT) -> (Indicator, new)
- record_figure(by, indicator, unit, on, reading, citation, origin="") -> Figure
  where reading = Reading(value, unit_of_measure, as_printed, qualifier="=", second=None)
- remove_figure(by, figure); remove_indicator(by, indicator)       only a proposed one without figures
- suggest_indicator(by, name, unit_of_measure); keep_indicator(by, indicator, **written)   who keeps the catalogue
- period_for(calendar, name) -> Period                             made where it is not there yet
- open_statement(by, key, version, unit, period, title, path) -> Statement
- state_figures(by, statement, told) -> number changed, where told = [Told(indicator, value, …), …]
- put_in_force(by, statement) -> number of figures that count now
- added_up_together(): around many of these in one transaction, the sums are made anew once, at their end
- copy_statement(by, statement, version, path) -> Statement        the next version, with the same figures
- rebuild_subtotals(periods) -> number of lines                     what every province adds up to, anew
- dispute_figure(by, indicator, unit, period, value, reason, second=None); answer_dispute(by, dispute, accept, answer)
- set_target(by, indicator, unit, period, value, basis) -> Target   value None takes it away (None)
What a statement is part of records the event: a return that is saved says so itself.
queries.indicator_for_measure(measure, context=sentence, at=place of the figure in it) tells which indicator it is of.
"""

from thongsuot.indicators.actions.catalogue import (
    keep_indicator,
    load_catalogue,
    propose_indicator,
    remove_indicator,
    suggest_indicator,
)
from thongsuot.indicators.actions.cited import Reading, record_figure, remove_figure
from thongsuot.indicators.actions.counting import added_up_together, put_in_force, rebuild_subtotals
from thongsuot.indicators.actions.disputes import answer_dispute, dispute_figure
from thongsuot.indicators.actions.statements import (
    copy_statement,
    open_statement,
    period_for,
    state_figures,
)
from thongsuot.indicators.actions.targets import set_target
from thongsuot.indicators.told import Fault, Told, Unsound, faults_in

__all__ = [
    "Fault",
    "Reading",
    "Told",
    "Unsound",
    "added_up_together",
    "answer_dispute",
    "copy_statement",
    "dispute_figure",
    "faults_in",
    "keep_indicator",
    "load_catalogue",
    "open_statement",
    "period_for",
    "propose_indicator",
    "put_in_force",
    "rebuild_subtotals",
    "record_figure",
    "remove_figure",
    "remove_indicator",
    "set_target",
    "state_figures",
    "suggest_indicator",
]
