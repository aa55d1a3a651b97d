"""How old a face and its parts look. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from focalface.agent.basics.evidence import Evidence
from focalface.agent.basics.phrasing import capital, region_phrase
from focalface.agent.basics.sentence import Sentence, Verdict, caution, lowered
from focalface.tools.face import wording

APART = 8.0
"""Years by which the age of a region has to differ from the whole to be worth a sentence."""


def within(ev: Evidence, years: tuple[float, float]) -> list[Sentence]:
    """Tell whether the apparent age lies in a span (from, below), as far as its interval tells."""
    says, best = age(ev, expert=False), ev.age()
    if best is None or not says:
        return []
    seen, (low, high) = best[1], years
    inside = low <= seen.years < high
    verdict: Verdict
    if inside:
        verdict = "probably" if low <= seen.low and seen.high < high else "possibly"
    else:
        verdict = "rather not" if seen.low < high and low <= seen.high else "probably not"
    proof = caution("An apparent age proves nothing about the real one.")
    return [replace(says[0], verdict=verdict), *says[1:], proof]


def within_one_of(ev: Evidence, spans: Sequence[tuple[str, float, float]]) -> list[Sentence]:
    """Choose one of several spans of age: "a child rather than an adult"."""
    says, best = age(ev, expert=False), ev.age()
    if best is None or not says:
        return []
    where, seen = best
    first, *rest = sorted(spans, key=lambda span: _off(seen.years, span))
    rather = f"rather {first[0]} than {rest[0][0]}, going by looks alone"
    return [Sentence(f"{capital(rather)}.", (where.region.id,)), *says]


def decade(ev: Evidence) -> list[Sentence]:
    """Return the decade of the apparent age: ``In the forties: ...``."""
    says, best = age(ev, expert=False), ev.age()
    if best is None or not says or best[1].years < TEENS:
        return says
    word = _DECADES[min(int(best[1].years) // 10, len(_DECADES)) - 1]
    return [replace(says[0], text=f"In the {word}: {lowered(says[0].text)}"), *says[1:]]


TEENS = 10
_DECADES = ("teens", "twenties", "thirties", "forties", "fifties", "sixties", "seventies",
            "eighties", "nineties")  # fmt: skip


def _off(years: float, span: tuple[str, float, float]) -> float:
    """Return the years by which an age misses a span."""
    _, low, high = span
    return max(low - years, years - high, 0.0)


def mean_age(each: Sequence[Evidence]) -> Sentence | None:
    """Return the mean of the apparent ages of several faces, with the ends; None for fewer than
    two."""
    known = [best for ev in each if (best := ev.age())]
    if len(known) < 2:
        return None
    years = [estimate.years for _, estimate in known]
    text = (
        f"On average the {len(known)} faces look about {sum(years) / len(years):.0f} years old, "
        f"the youngest about {min(years):.0f} and the oldest about {max(years):.0f}."
    )
    return Sentence(text, tuple(where.region.id for where, _ in known))


def age(ev: Evidence, expert: bool) -> list[Sentence]:
    """Return the apparent age with its interval, and regions that look clearly different."""
    best = ev.age()
    if best is None:
        return []
    where, estimate = best
    subject = "the face" if where.region.name == "face" else region_phrase(where)
    text = f"{capital(subject)} {wording.age_phrase(estimate)}."
    if wording.is_vague(estimate):
        low, high = round(estimate.low), round(estimate.high)
        cover = where.region.hidden_by
        why = f"{cover} hides a part, so" if cover else "that is rough:"
        text = (
            f"{capital(subject)} looks about {estimate.years:.0f} years old, but {why} anything "
            f"from {low} to {high} fits."
        )
    says = [Sentence(text, (where.region.id,))]
    if where.region.name == "face":
        return says  # the age of a part is not what was asked
    told = [d for d in ev if d.age and d.age.high - d.age.low < wording.WIDE_AGE]
    others = [d for d in told if d.age and abs(d.age.years - estimate.years) >= APART]
    for one in [d for d in others if d.region.id != where.region.id][:2]:
        assert one.age is not None
        says.append(
            Sentence(
                f"{capital(region_phrase(one))} alone {wording.age_phrase(one.age)}.",
                (one.region.id,),
            )
        )
    return says
