from dataclasses import replace

from tests.intake.reports import TEXT, reading
from thongsuot.intake.attribution import attribute_units
from thongsuot.intake.content import Content, content_of
from thongsuot.intake.enums import Family


def _content() -> Content:
    return attribute_units(content_of(reading()))


def test_every_item_of_a_reading_becomes_an_item_with_its_place() -> None:
    content = _content()
    assert [item.family for item in content.kept(Family.FIGURES)] == [Family.FIGURES]
    assert content.kept(Family.PROPOSALS)[0].text(TEXT) == "bổ sung biên chế"


def test_content_survives_storage() -> None:
    content = _content()
    assert Content.from_json(content.to_json()) == content


def test_nothing_is_corrected_until_a_person_does() -> None:
    assert _content().corrections.total == 0


def test_corrections_count_fixed_removed_and_added() -> None:
    content = _content().with_meeting("chair", "Người Khác")
    figure = content.kept(Family.FIGURES)[0]
    content = content.with_item(replace(figure, fields={**figure.fields, "value": 153000}))
    content = content.with_item(replace(content.kept(Family.PROPOSALS)[0], removed=True))
    content, _item = content.plus(Family.DIRECTIONS, (0, 5), {"text": "Chiều"})
    corrections = content.corrections
    assert (corrections.fixed, corrections.removed, corrections.added) == (2, 1, 1)


def test_an_item_added_and_removed_again_is_no_correction() -> None:
    content, item = _content().plus(Family.DIRECTIONS, (0, 5), {"text": "Chiều"})
    assert content.with_item(replace(item, removed=True)).corrections.total == 0


def test_a_proposal_belongs_to_the_unit_its_speaker_works_in() -> None:
    assert _content().kept(Family.PROPOSALS)[0].fields["units"] == ["phường Sông Sau"]


def test_a_direction_belongs_to_the_unit_it_is_addressed_to() -> None:
    assert _content().kept(Family.DIRECTIONS)[0].fields["units"] == ["phường Sông Sau"]


def test_what_names_no_unit_belongs_to_the_units_of_the_meeting() -> None:
    assert _content().kept(Family.COMMITMENTS)[0].fields["units"] == ["phường Sông Trước", "phường Sông Sau"]
