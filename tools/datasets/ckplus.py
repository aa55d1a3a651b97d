"""CK+: ``cohn-kanade-images/S005/001/*.png`` with ``FACS`` and ``Emotion`` beside it.

A sequence runs from neutral to the peak, and the labels are those of its last frame. The first
frame is taken as neutral without action units, as the set's authors describe it. Coders listed
every unit that they saw, so that a unit which is not listed is absent. Intensity 0 in a FACS file
means "not scored", levels 1..5 are A..E. P. Lucey et al., CK+ (CVPRW 2010).
"""

from collections.abc import Iterator
from pathlib import Path

from focalface.tools.datasets.record import (
    BadRow,
    Record,
    Report,
    UnitLabel,
    lines_of,
    whole_number,
)
from focalface.tools.describers.language.phrases import PHRASES
from focalface.tools.types import Emotion

_EMOTIONS: tuple[Emotion, ...] = (
    "neutral",
    "anger",
    "contempt",
    "disgust",
    "fear",
    "happiness",
    "sadness",
    "surprise",
)


def recognises(root: Path) -> bool:
    """Tell whether ``root`` looks like CK+."""
    return (root / "cohn-kanade-images").is_dir()


def read_records(root: Path, report: Report) -> Iterator[Record]:
    """Yield the first and the last frame of each sequence; a sequence without labels is
    reported."""
    for folder in sorted(p for p in root.glob("cohn-kanade-images/*/*") if p.is_dir()):
        frames = sorted(folder.glob("*.png"))
        subject = folder.parent.name
        if len(frames) < 2:
            report(BadRow(f"{subject}/{folder.name}", "a sequence needs at least two frames"))
            continue
        yield Record(
            id=frames[0].stem,
            source="ckplus",
            picture=frames[0],
            units=tuple(UnitLabel(code, False, 0.0) for code in PHRASES),
            emotion="neutral",
            subject=subject,
        )
        peak = frames[-1]
        units = _units(root / "FACS" / subject / folder.name / f"{peak.stem}_facs.txt", report)
        emotion = _emotion(
            root / "Emotion" / subject / folder.name / f"{peak.stem}_emotion.txt", report
        )
        if units or emotion:
            yield Record(
                id=peak.stem,
                source="ckplus",
                picture=peak,
                units=units,
                emotion=emotion,
                subject=subject,
            )
        else:
            report(BadRow(peak.stem, "the peak has neither FACS nor emotion labels"))


def _units(file: Path, report: Report) -> tuple[UnitLabel, ...]:
    """Return all units of the product, present or absent; empty when the file is missing."""
    if not file.is_file():
        return ()
    seen: dict[str, UnitLabel] = {}
    for where, fields in lines_of(file):
        number, level = whole_number(fields[0], 1, 99), whole_number(fields[-1], 0, 5)
        if number is None or level is None or len(fields) != 2:
            report(BadRow(where, "not 'unit intensity'"))
            continue
        seen[f"AU{number}"] = UnitLabel(f"AU{number}", True, level / 5 if level else None)
    return tuple(seen.get(code, UnitLabel(code, False, 0.0)) for code in PHRASES)


def _emotion(file: Path, report: Report) -> Emotion | None:
    if not file.is_file():
        return None
    for where, fields in lines_of(file):
        label = whole_number(fields[0], 0, len(_EMOTIONS) - 1)
        if label is not None:
            return _EMOTIONS[label]
        report(BadRow(where, "the emotion is not a number 0..7"))
    return None
