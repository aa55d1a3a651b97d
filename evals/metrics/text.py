"""Text against references: BLEU-4, chrF and ROUGE-L.

There is no METEOR: its synonyms are WordNet's, which is not downloaded, and without them the figure
could not be compared with published ones.
"""

from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

from focalface.evals.metrics.statistics import Floats, Statistic, mean

ORDER = 4


def statistics(
    hypotheses: Sequence[str], references: Sequence[Sequence[str]]
) -> dict[str, Statistic]:
    """Return ``bleu4`` over the whole set, ``chrf`` and ``rouge_l`` as means; all 0..1."""
    pairs = list(zip(hypotheses, references, strict=True))
    return {
        "bleu4": bleu(hypotheses, references),
        "chrf": mean([chrf(h, r) for h, r in pairs]),
        "rouge_l": mean([rouge_l(h, r) for h, r in pairs]),
    }


def bleu(hypotheses: Sequence[str], references: Sequence[Sequence[str]]) -> Statistic:
    """Return corpus BLEU-4 with sacrebleu's defaults (13a tokens, mixed case, smoothing exp)."""
    rows = np.array(
        [_bleu_row(h, r) for h, r in zip(hypotheses, references, strict=True)], float
    ).reshape(len(hypotheses), 2 * ORDER + 2)
    return Statistic(rows, _bleu_of_sums, len(hypotheses))


def _bleu_row(hypothesis: str, references: Sequence[str]) -> list[float]:
    """Clipped matches and totals for n = 1..4, then the two lengths."""
    tokens = words_13a(hypothesis)
    others = [words_13a(r) for r in references]
    matches, totals = [], []
    for n in range(1, ORDER + 1):
        mine = ngrams(tokens, n)
        best: Counter[tuple[str, ...]] = Counter()
        for other in others:
            best |= ngrams(other, n)
        matches.append(float((mine & best).total()))
        totals.append(float(mine.total()))
    closest = min((abs(len(o) - len(tokens)), len(o)) for o in others)[1]
    return [*matches, *totals, float(len(tokens)), float(closest)]


def _bleu_of_sums(sums: Floats) -> Floats:
    flat = np.atleast_2d(sums)
    scores = np.array([_bleu_score(row) for row in flat])
    return scores if sums.ndim > 1 else scores[0]


def _bleu_score(row: Floats) -> float:
    matches, totals, (length, closest) = row[:ORDER], row[ORDER : 2 * ORDER], row[2 * ORDER :]
    if matches[0] == 0 or (totals == 0).any():
        return 0.0
    log_precision, halving = 0.0, 1.0
    for match, total in zip(matches, totals, strict=True):
        if match == 0:
            halving *= 2
        log_precision += np.log((match or 1 / halving) / total) / ORDER
    brevity = min(0.0, 1 - closest / length)
    return float(np.exp(brevity + log_precision))


def ngrams(tokens: Sequence[str], n: int) -> Counter[tuple[str, ...]]:
    """Return counts of the n-grams."""
    return Counter(tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1))


def words_13a(text: str) -> list[str]:
    """Return tokens as in the WMT script 13a."""
    return str(_tokenizer()(text)).split()


def chrf(hypothesis: str, references: Sequence[str]) -> float:
    """Return chrF2 of one text (Popovic 2015), 0..1; sacrebleu's."""
    return float(_chrf().sentence_score(hypothesis, list(references)).score) / 100


def rouge_l(hypothesis: str, references: Sequence[str]) -> float:
    """Return ROUGE-L F of one text with stemming, best reference, 0..1; rouge-score's."""
    return max(float(_rouge().score(r, hypothesis)["rougeL"].fmeasure) for r in references)


@cache
def _tokenizer() -> Any:
    from sacrebleu.tokenizers.tokenizer_13a import Tokenizer13a

    return Tokenizer13a()


@cache
def _chrf() -> Any:
    from sacrebleu.metrics.chrf import CHRF

    return CHRF()


@cache
def _rouge() -> Any:
    from rouge_score.rouge_scorer import RougeScorer

    return RougeScorer(["rougeL"], use_stemmer=True)
