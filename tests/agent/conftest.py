"""Photos to ask about, and a made-up conversation for what shows and saves conversations."""

from dataclasses import dataclass
from pathlib import Path

import insightface.data
import PIL.Image
import pytest
import skimage.data
from made_up import age, box, face, reading, region, unit

from focalface.agent.basics.answer import Answer, Claim, Plan, Step, Table
from focalface.agent.basics.events import (
    Answered,
    Event,
    Notice,
    PlanMade,
    ToolFinished,
    ToolProgress,
    ToolStarted,
)
from focalface.tools.types import (
    ActionUnit,
    EmotionEstimate,
    Face,
    Keypoints,
    Pose,
    Region,
    RegionDescription,
)


@pytest.fixture(scope="session")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One smiling face; shared, so nothing may write to it. Its path has a space, as many do."""
    path = tmp_path_factory.mktemp("photos") / "an astronaut.png"
    PIL.Image.fromarray(skimage.data.astronaut()).save(path)
    return path


@pytest.fixture(scope="session")
def group(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Several faces; shared, so nothing may write to it."""
    path = tmp_path_factory.mktemp("photos") / "group.png"
    PIL.Image.fromarray(insightface.data.get_image("t1")[:, :, ::-1]).save(path)
    return path


@dataclass(frozen=True)
class Smile:
    """A face, four of its regions with readings, and a turn about it."""

    face: Face
    regions: tuple[Region, ...]
    readings: tuple[RegionDescription, ...]
    answer: Answer
    events: tuple[Event, ...]


def make_region(name: str, x1: float, y1: float, x2: float, y2: float) -> Region:
    where = box(x1, y1, x2, y2)
    return region(name, id=f"region-{name}", face_id="face-1", box=where, visibility=0.97)


def make_reading(of: Region, *units: ActionUnit) -> RegionDescription:
    return reading(
        of,
        units,
        text="The corners of the mouth are pulled up.",
        not_assessed=("AU28",),
        emotion=EmotionEstimate(
            label="happiness", probabilities={"happiness": 0.83, "neutral": 0.17}
        ),
        age=age(37, 31, 44),
        limits=("The chin is hidden.",),
        describer="embedded-1",
        milliseconds=31,
    )


@pytest.fixture
def smile() -> Smile:
    regions = (
        make_region("mouth", 195, 150, 250, 175),
        make_region("left_eye", 230, 100, 255, 118),
        make_region("right_eye", 190, 100, 215, 118),
        make_region("left_crows_feet", 255, 100, 268, 120),
    )
    cheek = unit("AU6", 0.52, "left")
    readings = (
        make_reading(regions[0], cheek, unit("AU12", 0.91)),
        make_reading(regions[1], cheek),
        make_reading(regions[2], unit("AU6", 0.05, "right")),
        make_reading(regions[3], cheek),
    )
    plan = Plan(
        intent="check",
        attributes=("AU6", "AU12"),
        regions=("mouth", "left_eye", "left_crows_feet"),
        faces=("face-1",),
        steps=(
            Step(target="mouth", reason="a smile shows in the lip corners"),
            Step(target="left_eye", reason="a felt smile narrows the eyes"),
            Step(target="left_crows_feet", reason="a felt smile narrows the eyes"),
        ),
    )
    answer = Answer(
        text="The smile looks felt. The lip corners are pulled up. The left cheek is raised.",
        claims=(
            Claim(text="The lip corners are pulled up.", evidence=("region-mouth",)),
            Claim(
                text="The left cheek is raised.",
                evidence=("region-left_crows_feet", "region-left_eye"),
            ),
        ),
        plan=plan,
        limits=("What the person feels cannot be seen.",),
        notes=("The eyes said little, so the crow's feet were read too.",),
        table=Table(
            title="Left and right",
            columns=("What", "Left", "Right"),
            rows=(("cheek raised", "marked", "–"),),
        ),
        describer="embedded-1",
        device="cpu",
        milliseconds=1240,
    )
    events: tuple[Event, ...] = (
        PlanMade(plan),
        ToolStarted(1, "detect_faces", {"path": "photo.jpg"}),
        ToolFinished(1, "detect_faces", "1 face found", False, 23.4),
        ToolStarted(2, "describe_regions", {"regions": ["mouth", "left_eye"]}),
        ToolProgress(2, 1, 2),
        ToolFinished(2, "describe_regions", "The describer is busy", True, 48.0),
        Notice("The face tools were started again."),
        Answered(answer),
    )
    seen = face(
        "face-1",
        box=box(170, 60, 280, 200),
        keypoints=Keypoints(
            left_eye=(240, 110),
            right_eye=(205, 110),
            nose=(220, 130),
            left_mouth=(240, 160),
            right_mouth=(205, 160),
        ),
        pose=Pose(pitch=3, yaw=12, roll=-15),
    )
    return Smile(seen, regions, readings, answer, events)
