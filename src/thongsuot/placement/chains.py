"""Moves as chains: one fills an open place, the next takes the place that comes free, and so on."""

from collections.abc import Sequence
from dataclasses import replace

from thongsuot.placement.plan import Chain, Move, Place


def chained(moves: Sequence[Move]) -> tuple[tuple[Move, ...], tuple[Chain, ...]]:
    """The moves with the number of their chain, and the chains, in the order of the places they fill."""
    left: dict[Place, list[str]] = {}
    for move in sorted(moves, key=lambda one: one.person, reverse=True):
        left.setdefault(move.origin, []).append(move.person)
    by_person = {move.person: move for move in moves}
    follower: dict[str, str] = {}  # of the one who left a place: the one who takes it
    heads = []
    for move in sorted(moves, key=lambda one: one.person):
        if left.get(move.target):
            follower[left[move.target].pop()] = move.person
        else:
            heads.append(move)
    heads.sort(key=lambda one: (one.target.unit, str(one.target.position), one.person))
    lines = [(_line(head.person, follower), head.target) for head in heads]
    seen = {person for line, _ in lines for person in line}
    circles: list[tuple[list[str], Place | None]] = []
    for person in sorted(by_person):
        if person not in seen:
            circle = _line(person, follower)
            seen.update(circle)
            circles.append((circle, None))
    every = [*lines, *circles]
    chains = tuple(Chain(number, tuple(line), fills) for number, (line, fills) in enumerate(every, 1))
    number_of = {person: chain.id for chain in chains for person in chain.people}
    return tuple(replace(move, chain=number_of[move.person]) for move in moves), chains


def _line(person: str, follower: dict[str, str]) -> list[str]:
    line = [person]
    while (after := follower.get(line[-1])) is not None and after != person:
        line.append(after)
    return line
