"""Which faces show what somebody is called by: glasses, a hat, a smile, an angry look. Pure."""

from collections.abc import Callable, Sequence

from focalface.agent.basics.evidence import Evidence
from focalface.tools.types import Attributes, Face


def _worn(test: Callable[[Attributes], bool]) -> Callable[[Evidence], bool]:
    return lambda ev: any(test(one.attributes) for one in ev)


def _moves(*codes: str, there: bool = True) -> Callable[[Evidence], bool]:
    def shows(ev: Evidence) -> bool:
        read = [reading for code in codes if (reading := ev.reading(code))]
        return bool(read) and any(reading.visible for reading in read) == there

    return shows


def _suggests(*labels: str) -> Callable[[Evidence], bool]:
    return lambda ev: bool((felt := ev.emotion()) and felt[1].label in labels)


_SHOWN: dict[str, Callable[[Evidence], bool]] = {
    "dark glasses": _worn(lambda seen: seen.glasses == "dark"),
    "glasses": _worn(lambda seen: seen.glasses in ("clear", "dark")),
    "hat": _worn(lambda seen: seen.head_wear not in (None, "none")),
    "beard": _worn(lambda seen: seen.facial_hair not in (None, "none")),
    "no glasses": _worn(lambda seen: seen.glasses == "none"),
    "no hat": _worn(lambda seen: seen.head_wear == "none"),
    "no beard": _worn(lambda seen: seen.facial_hair == "none"),
    "a smile": _moves("AU12"),
    "no smile": _moves("AU12", there=False),
    "an open mouth": _moves("AU25", "AU26", "AU27"),
    "closed eyes": _moves("AU43"),
    "a happy look": _suggests("happiness"),
    "a sad look": _suggests("sadness"),
    "an angry look": _suggests("anger"),
    "a surprised look": _suggests("surprise"),
    "a scared look": _suggests("fear"),
    "a disgusted look": _suggests("disgust"),
    "a serious look": _suggests("neutral"),
}
"""What somebody is called by -> whether a face shows it."""


def shown(what: str, faces: Sequence[Face], known: Evidence | None) -> list[Face]:
    """Return the faces that show it; none while a face was not looked at."""
    each = {face.id: known.of(face.id) for face in faces} if known else {}
    if not each or not all(ev.found for ev in each.values()):
        return []
    return [face for face in faces if _SHOWN[what](each[face.id])]
