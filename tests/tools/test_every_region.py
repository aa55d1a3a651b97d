"""A region is a row: whoever speaks of regions serves every one of them, from its row alone."""

import re

import PIL.Image
import pytest
import skimage.data

from focalface.agent.basics import phrasing
from focalface.agent.terminal import completion
from focalface.agent.understanding import Context, parse
from focalface.evals.report import svg
from focalface.tools import Workbench
from focalface.tools.face import facs, hiding, movements, region_rows, wording
from focalface.tools.face.outlines import OUTLINES
from focalface.tools.face.regions import ATLAS, BASIC, aliases, mentions, names_for, row_of
from focalface.tools.geometry import atlas
from focalface.tools.proposing.propose import propose
from focalface.tools.question.asked import asked
from focalface.tools.server import resources

ROWS = tuple(region_rows.ROWS.values())
SPOKEN = [(row, words) for row in ROWS for words in region_rows.phrases(row.words)]
ids = [f"{row.name}: {words}" for row, words in SPOKEN]


@pytest.fixture(scope="module")
def described():
    """Every region of the atlas on a real face."""
    bench = Workbench()
    image = bench.open(PIL.Image.fromarray(skimage.data.astronaut()))
    face = bench.detect(image)[0]
    return bench, image, face, bench.describe(image, face, list(ATLAS))


@pytest.mark.parametrize(("row", "words"), SPOKEN, ids=ids)
def test_what_people_call_a_region_means_it_wherever_they_say_it(row, words):
    """As a name, in a sentence, in a question, to the agent as to ``propose_regions``."""
    words = words.replace("% ", "")
    question = f"Can you describe the {words}?"
    own = {name for name in ATLAS if row_of(name) is row}
    assert own <= set(names_for(words))
    assert own <= set(mentions(f"At the {words} nothing moves."))
    assert own <= set(asked(question).named)
    assert asked(question).named == parse(question, Context(count=1)).named


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_one_side_of_a_region_is_found_where_it_has_sides(row):
    question = f"What does the left {phrasing.spoken(row.name)} do?"
    left = (f"left_{row.name}",) if row.sided else (row.name,)
    assert asked(question).named == (("left_lip_corner",) if row.name == "mouth" else left)


@pytest.mark.parametrize("name", ATLAS)
def test_a_region_is_spoken_of(name):
    said = (wording.place_name(name), phrasing.place_of(name), phrasing.spoken(name))
    assert all(re.fullmatch(r"[a-z' ]+", one) for one in said)


@pytest.mark.parametrize("name", BASIC)
def test_every_unit_that_shows_in_a_region_has_words_there(name):
    for code in facs.shown_in(name):
        assert movements.clause(movements.Movement(code, 0.6, 0.6, 0.6), [name])


def test_every_region_has_a_shape_on_a_face_and_a_picture(described):
    bench, image, face, found = described
    size = image.size
    assert set(OUTLINES) == set(ATLAS)
    for name in ATLAS:
        region = atlas.named_region(face, name, size)
        assert region.box.width > 1 and region.box.height > 1
    regions = [one.region for one in found]
    assert bench.annotate(image, [face], regions).width >= image.width


def test_every_region_is_described_with_its_own_units(described):
    *_, found = described
    for one in found:
        assert one.text and wording.place_name(one.region.name)
        if one.region.name in BASIC and not one.limits:
            told = {unit.code for unit in one.action_units} | {*one.not_assessed}
            assert told == set(facs.shown_in(one.region.name))


def test_what_hides_a_face_hides_every_region():
    for cover in ("blur", "no_face"):
        assert all(hiding.hidden_share(name, [hiding.Hiding(cover)]) > 0.5 for name in BASIC)


def test_every_region_can_be_proposed(described):
    _, image, face, _ = described
    for name in BASIC:
        found = propose(face, image.size, focus=f"describe the {name}")
        assert name in {region.name for region in found}, name


def test_names_and_aliases_are_completed_by_client_and_terminal():
    offered = set(resources.choices("region"))
    for name in ATLAS:
        said = phrasing.spoken(name)
        assert {name, *aliases(name)} <= offered
        assert said in [
            one.text for one in completion.starting(said[:-1], map(phrasing.spoken, ATLAS))
        ]


def test_every_region_is_drawn_in_reports():
    drawn = svg.face(dict.fromkeys(BASIC, 0.5), 0.0, 1.0, "all regions")
    assert all(f"{name}: 0.500" in drawn for name in BASIC)
