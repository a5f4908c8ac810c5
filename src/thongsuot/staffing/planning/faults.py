"""What keeps a plan from being drawn up: every fault at once, each with where it is mended."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import ngettext

from thongsuot.kernel.verdicts import Refused


@dataclass(frozen=True, slots=True)
class Fault:
    text: str
    url: str = ""


class Unready(Refused):
    """The registers, or the conditions, do not make a problem that can be solved."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        count = len(self.faults)
        first = self.faults[0].text if self.faults else ""
        more = ngettext(" Còn %(count)s lỗi nữa.", " Còn %(count)s lỗi nữa.", count - 1) % {
            "count": count - 1
        }
        super().__init__(f"{first}{more if count > 1 else ''}")
