"""Every model says which of its fields are personal data, why they are kept and until when."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Retention:
    reason: str
    until: str


PERMANENT_TRAIL = Retention(
    reason="Accountability of public acts: the trail names who acted, in which role.",
    until="As long as the register itself; the archive rules of the authority decide.",
)
