"""How well requests out of bounds are told from ordinary ones, and the weights that tell them.

    python -m focalface.evals.benchmarks.bounds             # every author judged by all others
    python -m focalface.evals.benchmarks.bounds --unseen    # the sets that nothing was made with
    python -m focalface.evals.benchmarks.bounds --write     # all authors into the weights

Questions: ``tests/agent/understanding/refusals_train.jsonl`` by many authors who knew neither the
rules nor each other, and the sets of phrasings, which the rules were made with. Needs the extra
``evals``.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, diags, vstack
from sklearn.linear_model import LogisticRegression

from focalface.agent.understanding.read import by_rules, parse
from focalface.agent.understanding.refusal_model import BUCKETS, FILE, HEADER, buckets

TESTS = Path("tests/agent/understanding")
STRENGTH = 50.0
"""Inverse of the weight decay (30 to 100 are equal, 10 and 300 worse)."""
RARITY = 2
"""Power of the inverse document frequency by which rare pieces may weigh more (of 0 to 4 the best:
area under the curve of unseen authors 0.985 instead of 0.979)."""


HOUSE = "house"
PLAIN = 3.0
"""Weight of our own sets: they hold what is asked most, where the authors went for the border."""


@dataclass(frozen=True)
class Learnt:
    """A linear model of the pieces of a question."""

    weights: np.ndarray
    bias: float

    def logits(self, table: csr_matrix) -> np.ndarray:
        """One a row."""
        return table @ self.weights + self.bias


@dataclass(frozen=True)
class Set:
    """Questions of one author: their texts and whether each is out of bounds."""

    name: str
    texts: list[str]
    beyond: np.ndarray
    weight: float = 1.0

    def table(self) -> csr_matrix:
        """One row a question, of unit length."""
        found = [sorted(buckets(text)) for text in self.texts]
        ends = np.cumsum([0, *map(len, found)])
        values = np.concatenate([np.full(len(f), len(f) ** -0.5) for f in found])
        return csr_matrix((values, np.concatenate(found), ends), (len(found), BUCKETS))

    def ruled(self) -> np.ndarray:
        """What the rules alone say."""
        return np.array([by_rules(text).refusal is not None for text in self.texts])


def main() -> None:
    """Prints shares of requests recognised and of ordinary questions refused."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--unseen", action="store_true")
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    print("| set | recognised by rules | and by both | refused wrongly by rules | and by both |")
    print("| --- | --- | --- | --- | --- |")
    if chosen.unseen:
        for one in _by_author(TESTS / "refusals_unseen.jsonl"):
            both = np.array([parse(text).refusal is not None for text in one.texts])
            _row(one.name, one.beyond, one.ruled(), both)
        return
    known = [_phrasings(file) for file in sorted(TESTS.glob("phrasings*.jsonl"))]
    authors = _by_author(TESTS / "refusals_train.jsonl")
    everybody = [*authors, *known]
    tables = [one.table() for one in everybody]
    told = _left_out(everybody, tables, len(authors))
    ruled = [one.ruled() for one in authors]
    truth = np.concatenate([one.beyond for one in authors])
    by_rules_too = np.column_stack([np.concatenate(told), np.concatenate(ruled)])
    both = LogisticRegression(max_iter=1000).fit(by_rules_too, truth)
    for one, learnt, rules in zip(authors, told, ruled, strict=True):
        _row(one.name, one.beyond, rules, both.predict(np.column_stack([learnt, rules])))
    _row("all", truth, np.concatenate(ruled), both.predict(by_rules_too))
    if chosen.write:
        _write(_fit(everybody, tables), both)


def _left_out(sets: Sequence[Set], tables: Sequence[csr_matrix], authors: int) -> list[np.ndarray]:
    """Logits of the first ``authors`` sets, each learnt from all the others."""
    logits = []
    for n in range(authors):
        learnt = _fit([*sets[:n], *sets[n + 1 :]], [*tables[:n], *tables[n + 1 :]])
        logits.append(learnt.logits(tables[n]))
    return logits


def _fit(sets: Sequence[Set], tables: Sequence[csr_matrix]) -> Learnt:
    rows = vstack(tables).tocsr()
    frequency = np.bincount(rows.indices, minlength=BUCKETS)
    rarity = np.log((rows.shape[0] + 1) / (frequency + 1)) ** RARITY
    rarity /= rarity.mean()
    truth = np.concatenate([one.beyond for one in sets])
    weight = np.concatenate([np.full(len(one.texts), one.weight) for one in sets])
    model = LogisticRegression(C=STRENGTH, max_iter=1000)
    model.fit(rows @ diags(rarity), truth, sample_weight=weight)
    return Learnt(model.coef_[0] * rarity, float(model.intercept_[0]))


def _write(learnt: Learnt, both: LogisticRegression) -> None:
    """The table in 8 bits, behind its header; the step to both opinions is folded in."""
    share, by_rules_too = both.coef_[0]
    step = float(np.abs(learnt.weights).max()) / 127
    bias = both.intercept_[0] + share * learnt.bias
    header = HEADER.pack(share * step, bias, by_rules_too)
    FILE.write_bytes(header + np.round(learnt.weights / step).astype(np.int8).tobytes())
    print(f"{FILE.name}: {FILE.stat().st_size / 1e3:.0f} kB")


def _row(name: str, truth: np.ndarray, rules: np.ndarray, both: np.ndarray) -> None:
    beyond = truth.astype(bool)
    cells = (
        f"{said[which].astype(bool).sum()} of {which.sum()} ({said[which].mean():.1%})"
        for which in (beyond, ~beyond)
        for said in (rules, both)
    )
    print(f"| {name} | {' | '.join(cells)} |")


def _by_author(file: Path) -> list[Set]:
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    names = sorted({row["author"] for row in rows})
    return [
        _set(name, [row for row in rows if row["author"] == name], PLAIN if name == HOUSE else 1.0)
        for name in names
    ]


def _phrasings(file: Path) -> Set:
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return _set(file.stem, rows, PLAIN)


def _set(name: str, rows: Sequence[dict], weight: float = 1.0) -> Set:
    beyond = np.array([bool(row.get("refuse")) for row in rows])
    return Set(name, [row["text"] for row in rows], beyond, weight)


if __name__ == "__main__":
    main()
