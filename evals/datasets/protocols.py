"""Which records of a public set are tested on, and how its results are usually given.

Facts of the sets and of the papers that define their use, unless "ours" is written:

- DISFA (Mavadati et al. 2013): 27 subjects, no part of its own. Unit detection is reported on AU1,
  2, 4, 6, 9, 12, 25 and 26, present from level 2 of 5, over three folds of nine subjects.
- BP4D (Zhang et al. 2014): 41 subjects, twelve units (AU1, 2, 4, 6, 7, 10, 12, 14, 15, 17, 23, 24),
  present as the coders say, over three folds of 14, 14 and 13 subjects.
  The folds of both are those of the code that Luo et al. published with ME-GraphAU (IJCAI 2022),
  numbered as there. A model trained on two folds is tested on the third (``--fold``), a model that
  has never seen the set on all three.
- RAF-DB (Li et al. 2017): its rows ``test_...``; seven emotions; overall accuracy, or the mean over
  the classes (``emotion_balanced_accuracy``).
- AffectNet (Mollahosseini et al. 2017): its validation part, as its test part was never given out;
  eight emotions, or seven (``emotion_accuracy@without contempt``).
- FER2013 (Goodfellow et al. 2013): ``PrivateTest``. The form as folders has one folder ``test``,
  which holds ``PublicTest`` as well: its figures are of both.
- CelebA (Liu et al. 2015): its partition 2.
- UTKFace (Zhang et al. 2017) has no official part. Ours: the rows that ``focalface data build``
  with seed 0 keeps for its test, so that what was trained on such a corpus is not tested on it.
- CK+ (Lucey et al. 2010) has none either. Ours: everything.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from focalface.evals.metrics import action_units
from focalface.evals.metrics.action_units import AuTable
from focalface.evals.metrics.statistics import Statistic, combined
from focalface.evals.records import FACE, FaceRecord
from focalface.tools.datasets import Record
from focalface.tools.errors import UsageError
from focalface.tools.training.corpus.faces import Options, split_of

FOLDS = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class Protocol:
    """Units that are reported, and the subjects tested on in each fold."""

    units: tuple[str, ...]
    folds: tuple[tuple[str, ...], ...]

    def fold_of(self, subject: str | None) -> int:
        """Return 1, 2 or 3; 0 for a subject that the protocol does not name."""
        return next((k for k, fold in enumerate(self.folds, 1) if subject in fold), 0)


def _numbered(letter: str, width: int, numbers: str) -> tuple[str, ...]:
    return tuple(f"{letter}{int(n):0{width}}" for n in numbers.split())


PROTOCOLS = {
    "disfa": Protocol(
        units=_numbered("AU", 1, "1 2 4 6 9 12 25 26"),
        folds=(
            _numbered("SN", 3, "3 29 23 25 8 5 7 17 4"),
            _numbered("SN", 3, "13 18 11 28 12 6 31 21 24"),
            _numbered("SN", 3, "2 10 1 26 27 32 30 9 16"),
        ),
    ),
    "bp4d": Protocol(
        units=_numbered("AU", 1, "1 2 4 6 7 10 12 14 15 17 23 24"),
        folds=(
            (*_numbered("F", 3, "7 15 6 19 12 4 21 17 14"), *_numbered("M", 3, "6 9 3 15")),
            (*_numbered("F", 3, "3 5 22 13 20 11"), *_numbered("M", 3, "11 10 2 18 17 16 13 5")),
            (*_numbered("F", 3, "1 18 8 2 10 9 16 23"), *_numbered("M", 3, "7 4 12 1 14 8")),
        ),
    ),
}
"""Source -> protocol, for the sets that are reported by folds."""


def part_to_test(records: Iterable[Record], fold: int | None) -> list[Record]:
    """Return the records to test on: the fold, or the set's test part, else validation, else all.

    Training rows are not kept. Raises ``UsageError`` for a fold of a set that has none.
    """
    rest = [r for r in records if r.split != "train"]
    if fold is not None:
        if not any(r.source in PROTOCOLS for r in rest):
            raise UsageError(
                f"Only {' and '.join(PROTOCOLS)} are tested by folds; leave --fold out."
            )
        return [r for r in rest if r.source in PROTOCOLS and fold_of(r) == fold]
    for part in ("test", "validation"):
        if found := [r for r in rest if r.split == part]:
            return found
    return [r for r in rest if r.source != "utkface" or split_of(r, Options()) == "test"]


def fold_of(record: Record) -> int:
    """Return the fold that tests on the record's subject; 0 where there are none."""
    known = PROTOCOLS.get(record.source)
    return known.fold_of(record.subject) if known else 0


def statistics(records: Sequence[FaceRecord]) -> dict[str, Statistic]:
    """Return ``au_f1_protocol`` as papers give it, and ``au_f1_protocol@fold K`` of each fold.

    Macro F1 over the protocol's units, then the mean over the folds that were run. A unit that the
    describer does not assess counts as absent: published means have all units in them. Intervals
    are over pictures; those of one person are alike, so they are too narrow for video sets.
    """
    folds = {}
    for k in FOLDS:
        chosen = [r.case.fold == k and r.case.protocol in PROTOCOLS for r in records]
        mine = [r for r, use in zip(records, chosen, strict=True) if use]
        if mine:
            found = action_units.macro_f1(_table(mine, PROTOCOLS[mine[0].case.protocol].units))
            folds[k] = found.spread(np.flatnonzero(chosen), len(records))
    if not folds:
        return {}
    named = {f"au_f1_protocol@fold {k}": statistic for k, statistic in folds.items()}
    return {"au_f1_protocol": combined(list(folds.values()), np.mean), **named}


def _table(records: Sequence[FaceRecord], units: Sequence[str]) -> AuTable:
    """Return the table of the whole face for these units; what is not assessed is absent."""
    whole = action_units.unit_table(records, FACE, "human")
    columns = [list(whole.codes).index(code) for code in units]
    return AuTable(
        units,
        whole.truth[:, columns],
        np.nan_to_num(whole.predicted[:, columns]),
        whole.failed,
        whole.threshold,
        None if whole.faint is None else whole.faint[:, columns],
    )
