"""Whatever composing says of made-up readings passes the check: it never eats a true sentence."""

import itertools

import made_up
import pytest

from focalface.agent.basics.evidence import Evidence
from focalface.agent.basics.scene import Scene
from focalface.agent.checking.check import check
from focalface.agent.checking.own import verified
from focalface.agent.composing.compose import Observations, compose
from focalface.agent.understanding import Intent
from focalface.tools.face.facs import SIDED_REGIONS, UNITS
from focalface.tools.types import EMOTIONS

LEVELS = (0.25, 0.6)
TOPICS = (
    "emotion",
    "age",
    "genuineness",
    "eye_openness",
    "mouth_openness",
    "tension",
    "fatigue",
    "pain",
    "asymmetry",
    "head_pose",
)
RECALLS = ("evidence", "against", "doubt", "convince", "sureness", "show")
OTHER = "AU12"
FACES = tuple(
    made_up.face(f"fac_{n}", box=made_up.box(left, 10, left + 80, 110))
    for n, left in ((1, 200), (2, 10), (3, 400))
)


def places(code):
    """The regions that show a unit, and the wide ones that hold them."""
    own = [n for r in UNITS[code].regions for n in sides_of(r)]
    return [*own, "upper_face", "lower_face", "face"]


def sides_of(region):
    return [f"left_{region}", f"right_{region}"] if region in SIDED_REGIONS else [region]


def evidence(code, levels, label="happiness", *, face=FACES[0], others=()):
    """One face on which only ``code`` (and ``others``) moves."""
    found = []
    for name in places(code):
        region = made_up.region(name, id=f"{face.id}_{name}", face_id=face.id)
        readings = [(code, *levels), *((c, 0.05) for c in UNITS if c != code and c not in others)]
        readings += [(c, 0.7) for c in others]
        whole = {"emotion": made_up.emotion(**{label: 0.7}), "age": made_up.age(34.2, 27.1, 42.4)}
        found.append(
            made_up.reading(
                region,
                made_up.units(name, readings),
                text="",
                **(whole if name in ("face", "upper_face", "lower_face") else {}),
            )
        )
    scene = Scene("img", 600, 120, FACES[:1] if face is FACES[0] else FACES)
    return Evidence(scene, tuple(found))


def intents(code):
    """Questions of every kind that may meet these readings."""
    asked = [Intent(kind="recognise", attributes=(a,), polar=p) for a in (code, *TOPICS)
             for p in (True, False)]  # fmt: skip
    asked += [
        Intent(kind="recognise", attributes=("emotion",), emotions=(e,), polar=True)
        for e in EMOTIONS
    ]
    asked += [Intent(kind=k, attributes=(code,)) for k in ("why", "check", "locate")]
    asked += [
        Intent(kind="describe"),
        Intent(kind="summary"),
        Intent(kind="compare", comparison="sides"),
        Intent(kind="compare", comparison="regions"),
        Intent(kind="recognise", attributes=(code,), numbers=True),
        Intent(kind="recognise", attributes=(code,), form="codes"),
        Intent(kind="recognise", attributes=(code,), polar=True, denied=True),
        Intent(
            kind="recognise", attributes=("emotion",), emotions=("fear", "anger"), weighing="either"
        ),
    ]
    asked += [
        Intent(kind="recognise", attributes=("emotion", code), form=form)
        for form in ("guess", "percents", "word")
    ]
    asked += [
        Intent(kind="recognise", attributes=("genuineness",), named=("left_eye", "right_eye")),
        Intent(kind="why", attributes=("emotion",), emotions=("fear",), recall="why not"),
        Intent(kind="why", attributes=("emotion",), emotions=("anger",), recall="evidence"),
        Intent(kind="why", attributes=(code,), recall="evidence", least=True),
    ]
    asked += [Intent(kind="check", attributes=("emotion",), recall=r) for r in RECALLS]
    asked += [Intent(kind="check", attributes=(code,), recall=r) for r in RECALLS]
    asked += [
        Intent(kind="recognise", attributes=(code, OTHER), weighing=w)
        for w in ("either", "both", "stronger")
    ]
    return asked


def faults(intent, looked, *, expert):
    draft = compose(intent, looked, expert=expert)
    by_fields = [(f.sentence, f.why) for f in verified(draft.says, looked.each).faults]
    return [*by_fields, *(f for say in draft.says for f in checked(str(say), looked.each))]


SEEN = {}


def checked(sentence, each):
    """The faults of one sentence; most sentences come up many times."""
    key = (sentence, tuple(id(ev) for ev in each))
    if key not in SEEN:
        SEEN[key] = [(f.sentence, f.why) for f in check(sentence, each).faults]
    return SEEN[key]


@pytest.mark.parametrize("code", UNITS)
def test_every_sentence_on_one_face_passes_the_check(code):
    wrong = []
    pairs = [(x,) for x in LEVELS]
    if UNITS[code].sided:
        pairs += [(0.05, 0.95), (0.95, 0.35)]
    for levels in pairs:
        SEEN.clear()  # ids are those of living evidence only
        looked = Observations((evidence(code, levels),), None, ("fac_1",))
        for intent, expert in itertools.product(intents(code), (False, True)):
            wrong += faults(intent, looked, expert=expert)
    assert not wrong, f"{len(wrong)} sentences, such as {list(dict.fromkeys(wrong))[:5]}"
