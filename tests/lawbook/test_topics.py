from thongsuot.lawbook.topics import OTHER, topic_name, topics


def test_the_topics_of_the_reading_contract() -> None:
    assert set(topics()) == {
        "it-infrastructure", "public-service-software", "staffing-quota", "job-position", "training", "facilities",
        "budget", "decentralisation", "project-obstacle", "allowance", OTHER,
    }  # fmt: skip


def test_each_has_a_name_in_both_languages() -> None:
    assert all(set(names) == {"vi", "en"} for names in topics().values())
    assert topic_name("budget") == "Ngân sách, kinh phí"
    assert topic_name("budget", "en") == "Budget"
