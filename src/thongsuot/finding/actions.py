"""Keeping what can be found. Each app calls these from its own actions, inside their transaction.

- index(kind, key); index_many(kind, keys): the record is found as it is now
- forget(kind, key): it is gone
- gathered(): what many acts change is indexed once, at their end
- reindex(kinds=None): bring the index in line with the registers; yields how far it is
No event in the trail: the action that changed the record has its own.
"""

import hashlib
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import connection, transaction

from thongsuot.finding import kinds as registry
from thongsuot.finding.engines import engine, kind_token
from thongsuot.finding.kinds import Content, Kind, kind_of, place_of
from thongsuot.finding.models import Entry, Indexed, Word
from thongsuot.finding.queries import not_indexed
from thongsuot.finding.words import Tokens, cut, rules_version

SHOWN = 20_000  # characters of a text kept to show the words found
_BATCH = 500
_HELD: ContextVar[dict[str, dict[int, None]] | None] = ContextVar("held", default=None)
_EXACT_UP_TO = 16  # from here on, counting every occurrence would make writers wait for one another


@dataclass(frozen=True, slots=True)
class Progress:
    kind: Kind
    seen: int
    changed: int
    removed: int = 0


def index(kind: str, key: int) -> None:
    index_many(kind, [key])


@transaction.atomic(savepoint=False)
def index_many(kind: str, keys: Iterable[int]) -> int:
    """How many were not yet as they are now."""
    of, keys = kind_of(kind), list(keys)
    if (held := _HELD.get()) is not None:
        held.setdefault(kind, {}).update(dict.fromkeys(keys))
        return 0
    chunks = (keys[start : start + _BATCH] for start in range(0, len(keys), _BATCH))
    return sum(_write(of, list(of.rows().filter(pk__in=chunk))) for chunk in chunks)


@contextmanager
def gathered() -> Iterator[None]:
    """Around many acts in one transaction, such as an import: their records are indexed together at the end."""
    held: dict[str, dict[int, None]] = {}
    token = _HELD.set(held)
    try:
        yield
    finally:
        _HELD.reset(token)
    for kind, keys in held.items():
        index_many(kind, keys)


@transaction.atomic
def forget(kind: str, key: int) -> None:
    _erase(Entry.objects.filter(kind=kind, key=key))


@transaction.atomic
def stale(kind: str) -> None:
    """Records changed in bulk, past the actions: `prepare` and `reindex` go through the kind again."""
    Indexed.objects.filter(kind=kind).delete()


def reindex(only: Sequence[str] | None = None) -> Iterator[Progress]:
    for kind in registry.kinds():
        if only is None or kind.code in only:
            yield from _reindex(kind)


def reindex_what_is_missing() -> Iterator[Progress]:
    return reindex([kind.code for kind in not_indexed()])


def _reindex(kind: Kind) -> Iterator[Progress]:
    seen = changed = 0
    batch: list[Any] = []
    for row in kind.rows().order_by("pk").iterator(chunk_size=_BATCH):
        batch.append(row)
        if len(batch) == _BATCH:
            changed += _write(kind, batch)
            seen += len(batch)
            batch = []
            yield Progress(kind, seen, changed)
    changed += _write(kind, batch)
    with transaction.atomic():
        gone = Entry.objects.filter(kind=kind.code).exclude(key__in=kind.rows().order_by().values("pk"))
        removed = _erase(gone)
        Indexed.objects.update_or_create(kind=kind.code, defaults={"rules": rules_version()})
    yield Progress(kind, seen + len(batch), changed, removed)


def _erase(entries: Any) -> int:
    places = list(entries.values_list("place", flat=True))
    if places:
        engine().erase(places)
        Entry.objects.filter(place__in=places).delete()
    return len(places)


@transaction.atomic(savepoint=False)
def _write(kind: Kind, rows: Sequence[Any]) -> int:
    if not rows:
        return 0
    known = Entry.objects.filter(kind=kind.code, key__in=[row.pk for row in rows])
    digests = {key: (digest, place) for key, digest, place in known.values_list("key", "digest", "place")}
    new = []
    for row in rows:
        key, content = row.pk, kind.content_of(row)
        place = place_of(kind, key, content.day)
        digest = _digest(content)
        if digests.get(key) != (digest, place):
            new.append((key, place, digest, content))
    if not new:
        return 0
    if former := [key for key, *_rest in new if key in digests]:
        _erase(Entry.objects.filter(kind=kind.code, key__in=former))
    Entry.objects.bulk_create([_entry(kind, *one) for one in new])
    tokens = [(place, _cut(place, content)) for _key, place, _digest, content in new]
    engine().write(tokens)
    _note(Counter(token for _place, cut_ in tokens for token in cut_.counted()))
    return len(new)


def _entry(kind: Kind, key: int, place: int, digest: str, content: Content) -> Entry:
    return Entry(
        place=place,
        kind=kind.code,
        key=key,
        code=content.code[:40],
        title=content.title[:400],
        note=content.note[:400],
        text=content.text[:SHOWN],
        digest=digest,
    )


def _cut(place: int, content: Content) -> Tokens:
    searched = "\n".join(part for part in (content.code, content.text, content.note, content.also) if part)
    return cut(
        title=content.title,
        text=searched,
        names=content.names,
        code=content.code,
        bounds=content.bounds,
        more=[kind_token(place)],
    )


def _digest(content: Content) -> str:
    parts = (
        rules_version(), content.title, content.text, content.note, content.also, content.code,
        "\0".join(content.names), "\0".join(sorted(map(str, content.bounds))),
    )  # fmt: skip
    return hashlib.sha256("\1".join(parts).encode()).hexdigest()[:32]


def _note(counts: Counter[str]) -> None:
    if engine().may_note_words():
        _note_now(counts)
    else:
        transaction.on_commit(partial(_note_later, counts))


def _note_later(counts: Counter[str]) -> None:
    with transaction.atomic():
        if engine().may_note_words():
            _note_now(counts)


def _note_now(counts: Counter[str]) -> None:
    """Enter new words; a frequent one is counted now and then, by as many as it was passed over for."""
    tokens = sorted(counts)
    known: dict[str, int] = {}
    for start in range(0, len(tokens), _BATCH):
        chunk = tokens[start : start + _BATCH]
        known.update(Word.objects.filter(word__in=chunk).values_list("word", "entries"))
    new = [Word(word=token, entries=counts[token]) for token in tokens if token not in known]
    Word.objects.bulk_create(new, batch_size=_BATCH, ignore_conflicts=True)
    more = [(by, token) for token, before in known.items() if (by := _more(counts[token], before))]
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE finding_word SET entries = entries + %s WHERE word = %s", more)


def _more(count: int, before: int) -> int:
    step = max(1, before // _EXACT_UP_TO)
    if count >= step:
        return count
    return step if random.random() < count / step else 0  # noqa: S311  an estimate, no secret
