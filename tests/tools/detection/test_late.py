"""Faces whose landmarks are found when they are first asked for."""

import copy
import pickle
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from insightface.data import get_image
from PIL.Image import fromarray
from pydantic import BaseModel, TypeAdapter

from focalface.tools import Face, Workbench
from focalface.tools.detection.late import AT_ONCE, late_faces
from focalface.tools.interfaces import Detection, Mesh
from focalface.tools.types import Box, Keypoints, Pose

WHOLE: dict[str, Callable[[Face], object]] = {
    "landmarks": lambda face: face.landmarks,
    "keypoints": lambda face: face.keypoints,
    "pose": lambda face: face.pose,
    "json": lambda face: face.model_dump_json(),
    "json in a list": lambda face: TypeAdapter(list[Face]).dump_json([face]),
    "json in another model": lambda face: _Shown(face=face).model_dump(),
    "hash": hash,
    "text": repr,
    "fields": dict,
    "copy": copy.copy,
    "deep copy": copy.deepcopy,
    "changed copy": lambda face: face.model_copy(update={"score": 0.5}),
    "pickle": lambda face: pickle.loads(pickle.dumps(face)),
}
"""What a face is asked that it does not know at once."""


class _Shown(BaseModel):
    face: Face


class Recorder:
    """A landmark network that says where each face is, and keeps how many it was asked for."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def fit(self, found: Sequence[Detection]) -> list[Mesh]:
        self.asked.append(len(found))
        return [
            Mesh(((one.box.x1, 0.0),), Pose(pitch=0, yaw=0, roll=0), _points(one.box.x1))
            for one in found
        ]

    def faces(self, count: int) -> list[Face]:
        found = [Detection(Box(x1=x, y1=0, x2=x + 9, y2=9), 0.9, None) for x in range(count)]
        return late_faces("img_1", found, self.fit)


def _points(x: float) -> Keypoints:
    return Keypoints(**dict.fromkeys(Keypoints.model_fields, (x, 0.0)))


def whole(x: int) -> Face:
    """The same face as ``Recorder`` makes, from its JSON."""
    return Face.model_validate_json(Recorder().faces(x + 1)[x].model_dump_json())


@pytest.fixture
def network() -> Recorder:
    return Recorder()


def test_places_and_scores_ask_for_no_landmarks(network: Recorder) -> None:
    face = network.faces(3)[0]
    assert isinstance(face, Face) and not isinstance(face, Box)
    assert (face.image_id, face.box.x2, face.score) == ("img_1", 9, 0.9)
    assert face.id.startswith("fac_")
    assert network.asked == []


@pytest.mark.parametrize("ask", WHOLE.values(), ids=WHOLE)
def test_whatever_needs_all_of_a_face_finds_it_complete(
    network: Recorder, ask: Callable[[Face], object]
) -> None:
    late, same = network.faces(1)[0], whole(0)
    assert ask(late) == ask(same)
    assert network.asked == [1]
    assert late == same and type(late) is Face


def test_a_late_face_equals_a_whole_one_from_either_side() -> None:
    assert Recorder().faces(1)[0] == whole(0)
    assert whole(0) == Recorder().faces(1)[0]
    assert Recorder().faces(1)[0] == Recorder().faces(1)[0]
    assert whole(1) != Recorder().faces(1)[0]
    assert whole(0) in Recorder().faces(2)


def test_a_copy_of_a_late_face_is_no_other_face() -> None:
    for same in (copy.copy, copy.deepcopy, lambda face: pickle.loads(pickle.dumps(face))):
        assert same(Recorder().faces(1)[0]) == whole(0)


def test_it_stays_as_it_is(network: Recorder) -> None:
    with pytest.raises(ValueError, match="frozen"):
        network.faces(1)[0].score = 0.1  # type: ignore[misc]


def test_the_first_is_looked_at_alone_the_others_together(network: Recorder) -> None:
    faces = network.faces(AT_ONCE + 3)
    assert faces[1].landmarks == ((1.0, 0.0),)
    assert network.asked == [1]
    assert [face.landmarks[0][0] for face in faces] == list(range(AT_ONCE + 3))
    assert network.asked == [1, AT_ONCE, 2]


def test_threads_that_ask_together_look_once(network: Recorder) -> None:
    faces = network.faces(AT_ONCE)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda k: faces[k % AT_ONCE].landmarks, range(8 * AT_ONCE)))
    assert found == [((float(k % AT_ONCE), 0.0),) for k in range(8 * AT_ONCE)]
    assert sum(network.asked) == AT_ONCE


def test_a_look_that_failed_is_tried_again() -> None:
    answers: list[list[Mesh]] = [Recorder().fit([Detection(whole(0).box, 0.9, None)])]

    def fit(found: Sequence[Detection]) -> list[Mesh]:
        if len(answers) == 1:
            answers.append([])
            raise RuntimeError("no memory")
        return answers[0]

    face = late_faces("img_1", [Detection(whole(0).box, 0.9, None)], fit)[0]
    with pytest.raises(RuntimeError, match="no memory"):
        _ = face.landmarks
    assert face.landmarks == ((0.0, 0.0),)


def test_faces_of_a_group_are_the_same_found_one_by_one_or_all_at_once() -> None:
    bench = Workbench()
    image = bench.open(fromarray(get_image("t1")[..., ::-1]))
    heard: list[tuple[int, int]] = []
    at_once = bench.detect(image, progress=lambda *how: heard.append(how))
    assert heard == [(k, 6) for k in range(1, 7)]
    for late, face in zip(reversed(bench.detect(image)), reversed(at_once), strict=True):
        assert late.id == face.id
        assert late.keypoints.nose == pytest.approx(face.keypoints.nose, abs=0.01)
        assert late.pose.yaw == pytest.approx(face.pose.yaw, abs=0.01)
