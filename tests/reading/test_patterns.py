"""Looking for whole words, quickly and always with the same answer."""

from thongsuot.reading.discourse.topics import topic_of
from thongsuot.reading.lexicon import load_lexicon
from thongsuot.reading.lexicon.phrases import places_of


def test_names_inside_longer_words_are_not_found() -> None:
    assert list(places_of("An", "An, Anh và Tân An")) == [0, 15]


def test_of_two_equal_topics_the_one_said_first_wins() -> None:
    lexicon = load_lexicon()
    alone = {
        topics[0]: word for word, topics in lexicon.topics.items() if len(topics) == 1 and topics[0][1] == 1
    }
    (one, first), (other, second) = [(topic, word) for (topic, _), word in alone.items()][:2]
    assert topic_of(f"{first}; {second}", lexicon) == one
    assert topic_of(f"{second}; {first}", lexicon) == other
