"""What a proposal is about."""

from thongsuot.kernel import fold
from thongsuot.reading.lexicon import Lexicon


def topic_of(text: str, lexicon: Lexicon) -> str:
    words = fold(text)
    best, score = "other", 0.0
    for topic, weights in lexicon.topics:
        total = sum(weight for word, weight in weights if word in words)
        if total > score:
            best, score = topic, total
    return best if score >= 1 else "other"
