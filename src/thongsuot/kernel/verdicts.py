"""The answer of a policy: whether, and if not, why not in words a person can act on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    ok: bool
    why: str = ""

    def __bool__(self) -> bool:
        return self.ok


ALLOWED = Verdict(True)


def refused(why: str) -> Verdict:
    return Verdict(False, why)
