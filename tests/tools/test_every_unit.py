"""A unit is a row: whoever speaks of units serves every one of them, from its row alone."""

import pytest

from focalface.agent.understanding import Context, parse
from focalface.tools.describers.language import phrases, values
from focalface.tools.face import facs, movements
from focalface.tools.proposing import region_selection
from focalface.tools.question.asked import asked
from focalface.tools.server import resources

UNITS = tuple(facs.UNITS.values())


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.code)
def test_a_unit_is_found_in_a_question_by_code_and_name_and_looked_for_where_it_shows(unit):
    for question in (f"is {unit.code} there?", f"how strong is the {unit.name}?"):
        read = asked(question)
        assert unit.code in read.attributes or unit.code == "AU43"
        assert read.attributes == parse(question, Context(count=1)).attributes
    sought = region_selection.parts_for(unit.code)
    assert set(sought) <= set(unit.regions)


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.code)
def test_a_unit_is_read_in_an_answer_as_it_is_told(unit):
    assert values.read_code(unit.name)[0] == unit.code
    assert unit.code in phrases.codes_in(f"the {unit.noun} is clear")
    for place in unit.regions:
        said = movements.clause(movements.Movement(unit.code, 0.6, 0.6, 0.6), [place])
        assert unit.code in phrases.codes_in(said), said


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.code)
def test_a_unit_is_offered_and_has_a_place_that_shows_it(unit):
    assert unit.code in resources.choices("code")
    assert unit.code in facs.shown_in(unit.primary)
    assert facs.primary_regions(unit.code)
