"""Everything that stands between a draft and the registers, whatever it was read as."""

from thongsuot.intake.content import Content
from thongsuot.intake.directives import directive_problems
from thongsuot.intake.enums import DraftKind
from thongsuot.intake.matching import Matches
from thongsuot.intake.problems import Problem, report_problems
from thongsuot.units.models import Mandate, Unit


def problems_of(content: Content, matches: Matches, by: Mandate, received_at: Unit) -> list[Problem]:
    if content.kind == DraftKind.DIRECTIVE:
        return directive_problems(content, matches, by)
    return report_problems(content, matches, by, received_at)
