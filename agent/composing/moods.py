"""Which of several faces suggests an emotion most, or least. Pure."""

from collections.abc import Callable, Mapping, Sequence

from focalface.agent.basics.evidence import Evidence
from focalface.agent.basics.phrasing import capital, joined
from focalface.agent.basics.sentence import Sentence
from focalface.agent.composing.attributes import behind, suggests
from focalface.agent.composing.grouped import NAMED, all_of, moods
from focalface.agent.composing.order import ALIKE, NO_DIFFERENCE
from focalface.agent.composing.parts import TOLD
from focalface.agent.understanding import Intent
from focalface.tools.face import combinations, wording
from focalface.tools.types import Emotion, EmotionEstimate, RegionDescription

CLEAR = 0.35
"""Probability from which a face is said to suggest an emotion at all (our choice)."""
A_LITTLE = ALIKE
"""Difference of probabilities from which one of several equals is named first."""


def by_emotion(
    intent: Intent, each: Sequence[tuple[str, Evidence]], expert: bool
) -> list[Sentence]:
    """Tell which face suggests an emotion most, and what fits; without one, what each suggests."""
    wanted = intent.emotions
    known = [(name, found) for name, ev in each if (found := ev.emotion())]
    if not known:
        return []
    if not wanted:
        if len(known) > NAMED:
            return moods(each)
        return _same_emotion([found for _, found in known]) or [
            Sentence(f"{capital(name)} {suggests(*found, ev)}.", (found[0].region.id,))
            for name, ev in each
            if (found := ev.emotion())
        ]
    return _most_of(wanted[0], dict(each), dict(known), expert, least=intent.least)


def _most_of(
    label: Emotion,
    each: Mapping[str, Evidence],
    known: Mapping[str, tuple[RegionDescription, EmotionEstimate]],
    expert: bool,
    *,
    least: bool,
) -> list[Sentence]:
    """Tell which of the faces, by what they are called, suggests one emotion most, or least."""
    shares = {name: e.probabilities.get(label, 0.0) for name, (_, e) in known.items()}
    regions = {name: d.region.id for name, (d, _) in known.items()}
    everywhere, word = tuple(regions.values()), wording.EMOTION_NOUNS[label]
    pick, much, most = (min, "less", "least") if least else (max, "more", "most")
    first = pick(shares, key=shares.__getitem__)
    if not least and shares[first] < CLEAR:
        none = f"None of the faces clearly suggests {word}"
        nearest = _nearest(label, shares, known)
        return [Sentence(f"{none}{nearest and f'; {nearest}'}.", everywhere)]
    close = [n for n, share in shares.items() if abs(share - shares[first]) < NO_DIFFERENCE]
    second = pick((n for n in shares if n != first), key=shares.__getitem__, default=first)
    ahead = abs(shares[first] - shares[second]) >= A_LITTLE
    how = "if only just"
    if len(close) > 1 and not ahead and (one := _by_pattern(label, close, each, pick)):
        first, ahead, how = one, True, "going by the movements"
    if ahead and len(close) > 1:
        text = f"{capital(first)} suggests {word} the {most}, {how}."
        return [Sentence(text, everywhere)]
    if len(close) == len(shares) > 1:
        lead = "Neither is clearer: both" if len(close) == 2 else all_of(len(close))
        return [Sentence(f"{lead} suggest {word} about equally.", everywhere)]
    # Of the least one it is the others that show the emotion.
    cited = everywhere if least or len(shares) == 2 else tuple(regions[n] for n in close)
    if len(close) > NAMED:
        text = f"{len(close)} faces suggest {word} about equally."
        return [Sentence(text, everywhere)]
    if len(close) > 1:
        text = f"{capital(joined(close))} suggest {word} about equally, {much} than the rest."
        return [Sentence(text, cited)]
    if len(shares) == 2:
        other = next(n for n in shares if n != first)
        told = Sentence(f"{capital(first)} suggests {word} {much} than {other}.", cited)
    else:
        told = Sentence(f"{capital(first)} suggests {word} the {most}.", cited)
    return [told, *([] if least else behind(label, each[first], expert))]


def _nearest(
    label: Emotion,
    shares: Mapping[str, float],
    known: Mapping[str, tuple[RegionDescription, EmotionEstimate]],
) -> str:
    """Return the face that comes nearest to an emotion that none clearly suggests; "" where they
    are all as far from it."""
    if len(shares) < 2:
        return ""
    first, second = sorted(shares, key=lambda name: -shares[name])[:2]
    if shares[first] - shares[second] >= A_LITTLE:
        return f"{first} comes nearest, with {shares[first]:.0%}"
    if label != "sadness":
        return ""
    happy = {name: e.probabilities.get("happiness", 0.0) for name, (_, e) in known.items()}
    first, second = sorted(happy, key=lambda name: happy[name])[:2]
    ahead = happy[second] - happy[first] >= A_LITTLE
    return f"{first} suggests happiness the least" if ahead else ""


def _by_pattern(
    label: Emotion,
    close: Sequence[str],
    each: Mapping[str, Evidence],
    pick: Callable[..., str],
) -> str:
    """Return the one of several faces on which the movements of an emotion are strongest, or
    weakest; "" where that is no difference."""
    strengths = {
        name: s.strength
        for name in close
        for s in combinations.suggestions(each[name].levels())
        if s.emotion == label
    }
    if len(strengths) < len(close):
        return ""
    first = pick(strengths, key=strengths.__getitem__)
    gap = min(abs(v - strengths[first]) for name, v in strengths.items() if name != first)
    return first if gap >= A_LITTLE else ""


def _same_emotion(known: Sequence[tuple[RegionDescription, EmotionEstimate]]) -> list[Sentence]:
    """Return one sentence for several faces that all clearly suggest the same."""
    labels = {wording.mood(e) if e.probabilities[e.label] >= TOLD else "" for _, e in known}
    if len(known) < 2 or len(labels) > 1 or labels == {""}:
        return []
    text = f"{all_of(len(known))} suggest {wording.mood_noun(known[0][1])}."
    return [Sentence(text, tuple(d.region.id for d, _ in known))]
