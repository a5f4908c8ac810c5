"""Which indicator a printed figure is of."""

import pytest

from thongsuot.kernel.vietnamese import fold
from thongsuot.lawbook.indicators import indicator_for, indicator_rules, pillars


@pytest.mark.parametrize(
    ("measure", "context", "code"),
    [
        ("dân", "phường có hơn 152.000 dân", "population"),
        ("nhân khẩu", "", "population"),
        ("người", "dân số 152.000 người", "population"),
        ("người", "chỉ có 3 người", None),
        ("đảng viên", "với 1.553 đảng viên", "party_members"),
        ("đảng viên", "kết nạp 12 đảng viên", "new_party_members"),
        ("tổ chức cơ sở đảng", "", "party_organisations"),
        ("hồ sơ", "", "dossiers_received"),
        ("hồ sơ", "đã tiếp nhận 16.208 hồ sơ", "dossiers_received"),
        ("hồ sơ", "giải quyết 15.900 hồ sơ", "dossiers_resolved"),
        ("hồ sơ", "còn 12 hồ sơ trễ hạn", "dossiers_overdue"),
        ("%", "giải quyết đúng hạn đạt 98,6%", "on_time_rate"),
        ("%", "giải ngân đạt 45%", "disbursement_rate"),
        ("%", "đạt 45%", None),
        ("đồng", "tổng thu ngân sách 43,4 tỷ đồng", "budget_revenue"),
        ("đồng", "mua quà 5 triệu đồng", None),
        ("km2", "", "area"),
        ("km²", "", "area"),
        ("Hộ Nghèo", "", "poor_households"),
        ("khu phố", "", "neighbourhoods"),
        ("con voi", "", None),
    ],
)
def test_the_noun_and_the_words_around_it_tell(measure: str, context: str, code: str | None) -> None:
    assert indicator_for(measure, context) == code


SENTENCE = (
    "Trung tâm tiếp nhận 16.208 hồ sơ, giải quyết 15.900 hồ sơ, còn 12 hồ sơ trễ hạn, đúng hạn đạt 98,6%."
)


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("16.208 hồ sơ", "dossiers_received"),
        ("15.900 hồ sơ", "dossiers_resolved"),
        ("12 hồ sơ", "dossiers_overdue"),
        ("98,6%", "on_time_rate"),
    ],
)
def test_of_several_cues_in_a_sentence_the_nearest_decides(printed: str, code: str) -> None:
    measure = "%" if printed.endswith("%") else "hồ sơ"
    assert indicator_for(measure, SENTENCE, SENTENCE.index(printed)) == code


def test_no_noun_names_two_indicators_by_itself() -> None:
    nouns = [noun for rule in indicator_rules().values() for noun in rule.measures]
    assert len(nouns) == len(set(nouns))


def test_every_indicator_is_whole() -> None:
    for rule in indicator_rules().values():
        assert rule.pillar in pillars()
        assert rule.definition.endswith(".")
        assert rule.kind in {"count", "amount", "ratio", "percentage", "rating", "text"}
        assert rule.over_units in {"sum", "weighted", "max", "none"}
        assert rule.over_periods in {"sum", "weighted", "latest", "max", "none"}
        assert rule.direction in {"", "up", "down"}
        assert rule.measures or (rule.also and rule.cues), rule.code
        assert all(noun == fold(noun) for noun in rule.measures | rule.also)
        assert rule.over_units == "none" or rule.kind != "percentage", (
            "percentages are never added or averaged"
        )
        assert (rule.over_units == "weighted") == (rule.kind == "ratio"), (
            "a ratio is recomputed from its parts"
        )
