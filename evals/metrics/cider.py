"""CIDEr-D (Vedantam, Zitnick and Parikh 2015): consensus of a text with its references.

TF-IDF vectors of 1- to 4-grams, document frequency counted over the references of the whole set,
clipped cosine, a Gaussian penalty on length (sigma 6), times 10. On a small set the document
frequencies are crude; compare figures from the same set only.

By hand on purpose: the published code starts a Java program for its tokens.
"""

import math
from collections import Counter
from collections.abc import Sequence

from focalface.evals.metrics.text import ngrams

ORDER = 4
SIGMA = 6.0

Gram = tuple[str, ...]


def tokens(text: str) -> list[str]:
    """Return lower-case words without punctuation at their ends."""
    return [w for w in (word.strip(".,;:!?()\"'") for word in text.lower().split()) if w]


def cider(hypotheses: Sequence[str], references: Sequence[Sequence[str]]) -> list[float]:
    """Return one score a text, 0..10."""
    refs = [[_grams(tokens(r)) for r in several] for several in references]
    documents: Counter[Gram] = Counter()
    for several in refs:
        documents.update({gram for grams in several for gram in grams})
    log_n = math.log(max(len(refs), 1))
    scores = []
    for text, several in zip(hypotheses, refs, strict=True):
        mine = _Vector(_grams(tokens(text)), documents, log_n)
        each = [mine.similarity(_Vector(g, documents, log_n)) for g in several]
        scores.append(10 * sum(each) / len(each))
    return scores


def _grams(words: Sequence[str]) -> Counter[Gram]:
    found: Counter[Gram] = Counter()
    for n in range(1, ORDER + 1):
        found.update(ngrams(words, n))
    return found


class _Vector:
    """TF-IDF of one text, its norm for each order, and its length in bigrams (as the original)."""

    def __init__(self, grams: Counter[Gram], documents: Counter[Gram], log_n: float) -> None:
        self.parts: list[dict[Gram, float]] = [{} for _ in range(ORDER)]
        for gram, count in grams.items():
            weight = count * (log_n - math.log(max(documents[gram], 1)))
            self.parts[len(gram) - 1][gram] = weight
        self.norms = [math.sqrt(sum(v * v for v in part.values())) for part in self.parts]
        self.length = sum(count for gram, count in grams.items() if len(gram) == 2)

    def similarity(self, other: "_Vector") -> float:
        """Return the mean over n of the clipped cosine, times the length penalty."""
        penalty = math.exp(-((self.length - other.length) ** 2) / (2 * SIGMA**2))
        total = 0.0
        for n in range(ORDER):
            norm = self.norms[n] * other.norms[n]
            if norm:
                theirs = other.parts[n]
                shared = sum(
                    min(v, theirs[gram]) * theirs[gram]
                    for gram, v in self.parts[n].items()
                    if gram in theirs
                )
                total += shared / norm
        return penalty * total / ORDER
