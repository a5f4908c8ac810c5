"""What a verb does: ask upward, direct downward, promise, or only tell. The speaker decides, not the verb."""

import re

from thongsuot.reading.discourse.notes import Part
from thongsuot.reading.discourse.openings import Opening
from thongsuot.reading.discourse.sides import COMMUNE, PROVINCE, Speaker

_UPWARD = re.compile(r"\b(?:xin|mong|kính)\b")


class Acts(Part):
    def act(self, opening: Opening, speaker: Speaker, start: int, end: int) -> str | None:
        if opening.act == "conclude":
            return None
        if opening.act == "promise":
            return "commitment"
        if opening.act == "praise":
            return None
        if opening.act in ("ask", "order"):
            return self._asked(opening, speaker, start)
        if opening.act == "complain":
            return "told" if speaker.superior else "difficulty"
        return "told"

    def _asked(self, opening: Opening, speaker: Speaker, start: int) -> str | None:
        """Up or down: by the speaker, then by whom it is said to."""
        if speaker.is_voter:
            return "request"
        addressee = self.clauses.addressee_at(start)
        rank = self.sides.rank_of(addressee) if addressee else None
        if opening.act == "order":
            if (
                opening.subject
                and not opening.subject.is_person
                and (not speaker.superior or opening.past or addressee is None)
            ):
                return None
            return None if opening.past and not speaker.person else "direction"
        if (
            speaker.superior and speaker.person and speaker.rank == COMMUNE
        ):  # chairs the ward's own conference
            if _UPWARD.search(opening.cue) and rank is None:
                return "request"
            return "request" if rank is not None and rank >= PROVINCE else "direction"
        if speaker.superior:
            above = rank is not None and speaker.rank is not None and rank > speaker.rank
            if (
                speaker.person is None
                and opening.subject
                and opening.subject.kind == "group"
                and rank is None
            ):
                return "direction"
            return "request" if above or opening.cue.startswith("xin") else "direction"
        if (
            speaker.rank == COMMUNE
            and rank is not None
            and rank <= COMMUNE
            and speaker.person
            and self.state.concluding
        ):
            return "direction"
        return "request"
