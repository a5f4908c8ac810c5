"""What a proposal is about."""

from collections import defaultdict

from thongsuot.reading.lexicon import Lexicon


def topic_of(words: str, lexicon: Lexicon) -> str:
    """The topic whose words weigh most, in words as the lexicon writes them; each counts once.

    Of equals, the topic said first.
    """
    scores: dict[str, float] = defaultdict(float)
    for word in lexicon.topic_words.met(words):
        for topic, weight in lexicon.topics[word]:
            scores[topic] += weight
    best = max(scores, key=lambda topic: scores[topic], default="other")
    return best if scores[best] >= 1 else "other"
