"""What a proposal is about."""

from collections import defaultdict

from thongsuot.kernel import fold
from thongsuot.reading.lexicon import Lexicon


def topic_of(text: str, lexicon: Lexicon) -> str:
    """The topic whose words weigh most; each word counts once."""
    scores: dict[str, float] = defaultdict(float)
    for word in {word for _, word in lexicon.topic_words.iter(fold(text))}:
        for topic, weight in lexicon.topics[word]:
            scores[topic] += weight
    best = max(scores, key=lambda topic: scores[topic], default="other")
    return best if scores[best] >= 1 else "other"
