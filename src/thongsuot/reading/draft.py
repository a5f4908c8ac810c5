"""Everything found in one text, stage after stage; each stage reads only those before it."""

from thongsuot.reading.cast import Cast, folded
from thongsuot.reading.discourse.actors import Actors
from thongsuot.reading.discourse.clauses import Clauses
from thongsuot.reading.discourse.frames import FrameReader
from thongsuot.reading.discourse.items import ItemReader
from thongsuot.reading.discourse.notes import Notes
from thongsuot.reading.discourse.openings import Openings
from thongsuot.reading.discourse.sides import Sides, Speaker
from thongsuot.reading.discourse.subjects import Subjects
from thongsuot.reading.lexicon import Lexicon
from thongsuot.reading.meeting.facts import FactReader
from thongsuot.reading.meeting.roles import Roles
from thongsuot.reading.mentions.dates import DateMention, find_dates
from thongsuot.reading.mentions.documents import Papers
from thongsuot.reading.mentions.figures import Figures
from thongsuot.reading.mentions.organisations import Bodies
from thongsuot.reading.mentions.people import Names
from thongsuot.reading.mentions.titles import find_chains
from thongsuot.reading.mentions.units import Places, find_units
from thongsuot.reading.page import Page, open_page
from thongsuot.reading.setting import Setting


class Draft:
    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.page: Page = open_page(text)
        scan = lexicon.scanner.scan(self.page.shade)
        self.places: Places = find_units(self.page, lexicon, scan)
        self.bodies = Bodies(self.page, lexicon, self.places, scan)
        self.setting = Setting(self.page, lexicon, self.places)
        self.dates: tuple[DateMention, ...] = find_dates(self.page)
        self.facts = FactReader(self.page, lexicon, self.places, self.bodies, self.setting, self.dates).read()
        self.chains = find_chains(self.bodies)
        self.names = Names(self.bodies, self.chains)
        self.cast = Cast(self.bodies, self.chains, self.names, self.setting)
        self.papers = Papers(self.bodies, self.dates)
        self.figures = Figures(self.page, lexicon, self._not_figures())
        self.actors = Actors(
            self.page, lexicon, self.bodies, self.names, self.chains, self.cast, self.setting
        )
        self.openings = Openings(self.page, self.actors, lexicon.discourse["fillers"], scan)
        self.roles = Roles(self.page, self.actors, self.openings, self.page.official)
        self.sides = Sides(lexicon, self.actors, self.facts, self.roles)
        self.subjects = Subjects(self.page, self.setting, self.actors, self.sides, scan)
        self.clauses = Clauses(self.page, lexicon, self.actors)
        self.frames = FrameReader(
            self.page,
            lexicon,
            self.actors,
            self.openings,
            self.sides,
            self.clauses,
            self.facts,
            self._chair(),
        )
        self.items = ItemReader(
            Notes(self.page, self.actors, self.openings, self.sides, self.clauses), self.frames
        ).read()
        self.roles.add_heard(
            (person, item.start)
            for item in self.items
            if item.speaker and (person := self.cast.people.get(folded(item.speaker)))
        )

    def _chair(self) -> Speaker | None:
        holders = self.roles.holders("concludes", "leads", "chairs")
        return self.sides.of_person(holders[0]) if holders else None

    def _not_figures(self) -> list[tuple[int, int]]:
        spans = [(d.start, d.end) for d in self.dates]
        spans += [(p.start, p.end) for p in self.papers.found]
        spans += [(m.start, m.end) for m in self.places.mentions]
        spans += [(b.start, b.body) for b in self.page.blocks if b.body > b.start]
        return spans
