"""What people ask about a face: the action units that bear on it, and where to look for them."""

from dataclasses import dataclass
from types import MappingProxyType

from focalface.tools.face.combinations import PSPI_UNITS


@dataclass(frozen=True, slots=True)
class Topic:
    """Something that people ask about: the units that bear on it, where to look, and why.

    ``regions`` are atlas names without side where there are two; ``source`` is a key of
    ``combinations.SOURCES``.
    """

    name: str
    units: tuple[str, ...]
    regions: tuple[str, ...]
    why: str
    source: str


_TOPICS = (
    Topic(
        "smile",
        ("AU12", "AU6"),
        ("lip_corner", "mouth", "crows_feet"),
        "a smile pulls the lip corners up, and the eyes may join in",
        "duchenne",
    ),
    Topic(
        "genuineness",
        ("AU6", "AU12", "AU7"),
        ("crows_feet", "mouth", "under_eye"),
        "a smile that is felt tends to raise the cheeks and gather the skin around the eyes",
        "duchenne",
    ),
    Topic(
        "pain",
        PSPI_UNITS,
        ("glabella", "eye", "crows_feet", "nose_bridge", "upper_lip"),
        "pain lowers the brows, tightens the eyes, wrinkles the nose and raises the upper lip",
        "pspi",
    ),
    Topic(
        "fatigue",
        ("AU43", "AU15", "AU26"),
        ("eye", "under_eye", "lip_corner"),
        "tired faces show hanging lids, dark or swollen skin under the eyes and low lip corners",
        "fatigue",
    ),
    Topic(
        "tension",
        ("AU4", "AU7", "AU17", "AU23", "AU24"),
        ("glabella", "eye", "mouth", "chin", "jaw"),
        "tension gathers between the brows, in the lids, the lips and the chin",
        "emfacs",
    ),
    Topic(
        "eye_openness",
        ("AU5", "AU7", "AU43"),
        ("eye",),
        "the lids show how far the eyes are open",
        "emfacs",
    ),
    Topic(
        "mouth_openness",
        ("AU25", "AU26"),
        ("mouth",),
        "the lips and the jaw show how far the mouth is open",
        "emfacs",
    ),
    Topic(
        "emotion",
        ("AU1", "AU2", "AU4", "AU5", "AU6", "AU9", "AU10", "AU12", "AU15", "AU20", "AU23"),
        ("brow", "glabella", "eye", "mouth", "lip_corner"),
        "brows, eyes and mouth carry most of what expressions suggest",
        "emfacs",
    ),
    Topic(
        "age",
        (),
        ("forehead", "crows_feet", "under_eye", "nasolabial_fold", "jaw"),
        "lines and slackening of the skin show here first",
        "wrinkles",
    ),
    Topic(
        "asymmetry",
        ("AU1", "AU2", "AU12", "AU14"),
        ("brow", "eye", "lip_corner"),
        "differences between the sides show best at the brows, the eyes and the lip corners",
        "emfacs",
    ),
)
TOPICS = MappingProxyType({topic.name: topic for topic in _TOPICS})
"""Name -> topic."""
