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


class Refused(Exception):
    """An act the rules do not allow; its message is one sentence for the person who tried."""


class Stale(Refused):
    """Somebody else changed the same thing since it was shown; nothing was written."""


def require(verdict: Verdict) -> None:
    if not verdict:
        raise Refused(verdict.why)
