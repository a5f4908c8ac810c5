"""Who usually answers what, and who decides what is contested."""

import pytest

from thongsuot.lawbook.bodies import body_templates
from thongsuot.lawbook.clocks import periods
from thongsuot.lawbook.competences import body_of_level, usual_path, usual_paths
from thongsuot.lawbook.topics import topics

BODIES_OF_A_PROVINCE = {template.code for template in body_templates("province", "thành phố")}


def test_every_topic_has_its_path() -> None:
    assert set(usual_paths()) == set(topics())


@pytest.mark.parametrize("topic", sorted(topics()))
def test_the_body_is_one_a_province_has(topic: str) -> None:
    assert usual_path(topic).body in BODIES_OF_A_PROVINCE
    assert usual_path(topic).competence in {"commune", "province", "centre"}


def test_a_topic_nobody_foresaw_goes_to_the_office() -> None:
    assert usual_path("weather") == usual_path("other")


def test_every_level_of_contest_has_a_body() -> None:
    bodies = [body_of_level(level) for level in range(1, periods().levels + 1)]
    assert len(set(bodies)) == periods().levels
    assert set(bodies) <= BODIES_OF_A_PROVINCE
