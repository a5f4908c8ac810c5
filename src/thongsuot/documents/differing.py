"""Which point of a text is which point of the text before. No database here.

The same words are the same point wherever they now stand; then nearly the same words; then the same place. What is
left over was taken out, or put in.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import product

from thongsuot.documents.enums import Change
from thongsuot.kernel.vietnamese import fold

NEARLY = 0.75  # share of words in common from which on two wordings are one point
MOST_COMPARED = 400  # pairs of unmatched points looked at word by word


@dataclass(frozen=True, slots=True)
class Piece:
    anchor: str
    text: str

    @property
    def words(self) -> str:
        return " ".join(fold(self.text).split())


def matches(old: Sequence[Piece], new: Sequence[Piece]) -> list[int | None]:
    """For each new piece the place of the old one that it is; no old piece twice."""
    found: dict[int, int] = {}
    for ways in (_same, _same_words, _nearly, _same_place):
        free = [there for there in range(len(old)) if there not in found.values()]
        waiting = [here for here in range(len(new)) if here not in found]
        taken: set[int] = set()
        for here, there in ways(old, new, free, waiting):
            if here not in found and there not in taken:
                found[here] = there
                taken.add(there)
    return [found.get(here) for here in range(len(new))]


def _same(
    old: Sequence[Piece], new: Sequence[Piece], free: Sequence[int], waiting: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """The same words in the same place."""
    known = {(old[there].anchor, old[there].words): there for there in reversed(free)}
    for here in waiting:
        if (there := known.get((new[here].anchor, new[here].words))) is not None:
            yield here, there


def _same_words(
    old: Sequence[Piece], new: Sequence[Piece], free: Sequence[int], waiting: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """The same words elsewhere, in the order they stand; headings without words are told by their place alone."""
    known: dict[str, list[int]] = {}
    for there in free:
        known.setdefault(old[there].words, []).append(there)
    for here in waiting:
        alike = known.get(new[here].words) if new[here].words else None
        if alike:
            yield here, alike.pop(0)


def _nearly(
    old: Sequence[Piece], new: Sequence[Piece], free: Sequence[int], waiting: Sequence[int]
) -> list[tuple[int, int]]:
    """Nearly the same words, the likest first; the same place counts a little more."""
    if len(waiting) * len(free) > MOST_COMPARED:
        return []
    pairs = []
    for here, there in product(waiting, free):
        words, before = new[here].words.split(), old[there].words.split()
        if not words or not before:
            continue
        ratio = SequenceMatcher(None, before, words, autojunk=False).ratio()
        if ratio >= NEARLY:
            pairs.append((ratio + 0.1 * (old[there].anchor == new[here].anchor), here, there))
    return [(here, there) for _ratio, here, there in sorted(pairs, key=lambda one: (-one[0], *one[1:]))]


def _same_place(
    old: Sequence[Piece], new: Sequence[Piece], free: Sequence[int], waiting: Sequence[int]
) -> Iterator[tuple[int, int]]:
    known = {old[there].anchor: there for there in free}
    for here in waiting:
        if (there := known.get(new[here].anchor)) is not None:
            yield here, there


def change(before: Piece | None, after: Piece | None) -> Change:
    """What became of a point that was (or was not) and is (or is no more)."""
    if before is None:
        return Change.ADDED
    if after is None:
        return Change.REMOVED
    if before.words != after.words:
        return Change.CHANGED
    return Change.SAME if before.anchor == after.anchor else Change.RENUMBERED
