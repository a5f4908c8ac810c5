"""Every list the reader consults, loaded from the readable files in data/."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from thongsuot.kernel import shadow
from thongsuot.reading.lexicon.heads import HEADS, MARKS
from thongsuot.reading.lexicon.phrases import Phrases, Scanner
from thongsuot.reading.lexicon.places import UNIT_KINDS, Gazetteer, index

DATA = Path(__file__).parent.parent / "data"
_END = object()  # of a list or mapping
# Everything is read as text; libyaml is ten times faster where it is built in.
_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, eq=False)  # one per process, compared by identity
class Lexicon:
    places: Gazetteer
    scanner: Scanner
    surnames: frozenset[str]
    weak_surnames: frozenset[str]
    not_names: frozenset[str]
    honorifics: frozenset[str]
    plural_honorifics: frozenset[str]
    titles: frozenset[str]
    shared_heads: Mapping[str, str]  # title -> head of the body its last words name
    meeting_titles: frozenset[str]
    org_kinds: Mapping[str, str]  # head -> whole | placed | inside | named
    org_heads: Phrases
    fields: Phrases
    levels: Phrases
    ranks: Mapping[str, int]
    document_types: Phrases
    document_codes: Mapping[str, str]  # abbreviation in a symbol -> type
    measures: Phrases
    qualifiers: Mapping[str, str]
    scales: Mapping[str, int]
    cues: Mapping[str, frozenset[str]]  # class of verb -> phrases
    discourse: Mapping[str, frozenset[str]]
    topics: Mapping[str, list[tuple[str, float]]]  # word -> topics and weights
    topic_words: Scanner
    meeting_kinds: Mapping[str, Mapping[str, float]]  # kind -> telling words and their weight


def read_list(name: str) -> Any:
    with (DATA / f"{name}.yaml").open(encoding="utf-8") as file:
        return _value(yaml.parse(file, Loader=_Loader))


def _value(events: Iterator[yaml.Event]) -> Any:
    """The next string, list or mapping; straight from the parser, which halves the time of loading."""
    for event in events:
        if isinstance(event, yaml.ScalarEvent):
            return event.value
        if isinstance(event, yaml.CollectionEndEvent):
            return _END
        if isinstance(event, yaml.CollectionStartEvent):
            held = list(iter(lambda: _value(events), _END))
            is_list = isinstance(event, yaml.SequenceStartEvent)
            return held if is_list else dict(zip(held[::2], held[1::2], strict=True))
    return None


def _shaded(phrases: Iterable[Any]) -> frozenset[str]:
    return frozenset(shadow(str(phrase)) for phrase in phrases)


def _places() -> Gazetteer:
    listed = read_list("provinces")
    text = (DATA / "units.tsv").read_text(encoding="utf-8")
    return index(text, listed["aliases"], listed["spellings"])


def _org_kinds(listed: Mapping[str, Any]) -> dict[str, str]:
    kinds: dict[str, str] = {}
    for kind in ("named", "inside", "placed", "whole"):  # the later kind wins where a head is listed twice
        kinds.update(dict.fromkeys(_shaded(listed[kind]), kind))
    return kinds


def _flat(groups: Mapping[Any, Iterable[Any]]) -> dict[str, Any]:
    return {shadow(str(phrase)): key for key, listed in groups.items() for phrase in listed}


@cache
def load_lexicon() -> Lexicon:
    names, titles, bodies = read_list("names"), read_list("titles"), read_list("organisations")
    papers, measures, cues = read_list("documents"), read_list("measures"), read_list("cues")
    cue_phrases = {name: _shaded(listed) for name, listed in cues.items()}
    shared = {shadow(title): shadow(str(heads[0])) for title, heads in titles["shares"].items()}
    plain, parts = _shaded([*titles["titles"], *titles["shares"]]), _shaded(titles["meeting_titles"])
    kinds, honorifics = _org_kinds(bodies), _shaded(names["honorifics"])
    discourse, topics = read_list("discourse"), _topics(read_list("topics"))
    groups = {
        "group": _shaded(discourse["groups"]),
        "quantifier": _shaded(discourse["quantifiers"]),
        "group_tail": _shaded(discourse["group_tails"]),
    }
    places = _places()
    classes = {
        "document": _shaded(papers["types"]),
        "unit_kind": UNIT_KINDS,
        "province": places.provinces,
        "spelling": places.spellings,
        "title": plain | parts,
        "organisation": kinds,
        "honorific": honorifics,
        **groups,
        **cue_phrases,
    }
    meeting_kinds = _kinds(read_list("meeting")["kinds"])
    marks = {
        **MARKS,
        "trouble": _shaded(discourse["trouble"]),
        "next item": [
            *(f", {word}" for word in _shaded(discourse["starts_item"])),
            *(f" và {word}" for word in _shaded(discourse["and_starts_item"])),
        ],
        **{word: (word,) for words in meeting_kinds.values() for word in words},
    }
    return Lexicon(
        places=places,
        scanner=Scanner(classes, HEADS, marks),
        surnames=_shaded(names["surnames"].split()),
        weak_surnames=_shaded(names["weak_surnames"].split()),
        not_names=_shaded(names["never_in_names"].split()),
        honorifics=honorifics,
        plural_honorifics=_shaded(names["plural_honorifics"]),
        titles=plain,
        shared_heads=shared,
        meeting_titles=parts,
        org_kinds=kinds,
        org_heads=Phrases.of(kinds),
        fields=Phrases.of(_shaded(bodies["fields"])),
        levels=Phrases.of(_shaded(bodies["levels"])),
        ranks={phrase: int(rank) for phrase, rank in _flat(bodies["ranks"]).items()},
        document_types=Phrases.of(_shaded(papers["types"])),
        document_codes={code.upper(): kind for kind, codes in papers["types"].items() for code in codes},
        measures=Phrases.of(_shaded(measures["nouns"].strip().splitlines())),
        qualifiers=_flat(measures["qualifiers"]),
        scales={shadow(word): int(value) for word, value in measures["scales"].items()},
        cues=cue_phrases,
        discourse={name: _shaded(listed) for name, listed in discourse.items()},
        topics=topics,
        topic_words=Scanner(heads={word: (word,) for word in topics}),
        meeting_kinds=meeting_kinds,
    )


def _topics(listed: Mapping[str, Mapping[str, float]]) -> dict[str, list[tuple[str, float]]]:
    found: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for topic, words in listed.items():
        for word, weight in words.items():
            found[shadow(str(word))].append((topic, float(weight)))
    return dict(found)


def _kinds(listed: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, float]]:
    return {
        kind: {shadow(word): float(weight) for word, weight in words.items()}
        for kind, words in listed.items()
    }
