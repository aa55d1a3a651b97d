"""What several faces show, those that show the same told together. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from focalface.agent.basics.evidence import Evidence
from focalface.agent.basics.phrasing import capital, joined, noun, unit_name
from focalface.agent.basics.sentence import Sentence, fixed, lowered, rendered
from focalface.agent.composing.attributes import appearance, cites
from focalface.tools.face import wording

Named = Sequence[tuple[str, Evidence]]
"""What each face is called, and its evidence."""
NAMED = 4
"""Faces of a crowd up to which they are named."""
MISSING = 3
"""Faces below which those are named that lack what the others show."""
_GROUPS = 3
"""Groups of faces, or movements, that an answer tells of."""


def all_of(count: int) -> str:
    """Return all of some faces, in words."""
    return "Both faces" if count == 2 else f"All {count} faces"


def mostly(each: Named) -> list[Sentence]:
    """Return in one sentence what most of several faces suggest; empty for one or two."""
    labels = [wording.mood_noun(found[1]) for _, ev in each if (found := ev.emotion())]
    says = moods(each)
    most = max(labels, key=labels.count, default=None)
    if len(says) < 2 or most is None or 2 * labels.count(most) <= len(labels):
        return says
    text = f"Mostly {most}, on {labels.count(most)} of the {len(labels)} faces."
    return [Sentence(text, tuple(i for say in says for i in say.cites))]


def moods(each: Named) -> list[Sentence]:
    """Return what several faces suggest; empty for one or two."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for name, ev in each:
        if found := ev.emotion():
            word = wording.mood_noun(found[1])
            groups.setdefault(word, []).append((name, found[0].region.id))
    judged = sum(map(len, groups.values()))
    if judged <= 2:
        return []
    says = []
    everywhere = tuple(region for who in groups.values() for _, region in who)
    for word, who in sorted(groups.items(), key=lambda group: -len(group[1])):
        ids = tuple(region for _, region in who)
        if len(who) == judged:
            return [Sentence(f"{all_of(judged)} suggest {word}.", ids)]
        if len(who) <= NAMED:
            verb = "suggests" if len(who) == 1 else "suggest"
            says.append(Sentence(f"{capital(joined(name for name, _ in who))} {verb} {word}.", ids))
        else:  # a count can be checked against all that were judged
            says.append(Sentence(f"{len(who)} of the {judged} faces suggest {word}.", everywhere))
    return says[:_GROUPS]


def gazes(looks: Mapping[str, appearance.Appearance], unread: Sequence[str]) -> list[Sentence]:
    """Return where several faces look; ``unread``: those whose eyes do not tell."""
    groups: dict[str, list[str]] = {}
    for name, found in looks.items():
        groups.setdefault(found.text, []).append(name)
    says = []
    for text, who in sorted(groups.items(), key=lambda group: -len(group[1]))[:_GROUPS]:
        all_alike = not unread and len(who) == len(looks) > 1
        whose = all_of(len(who)) if all_alike else capital(joined(who[:NAMED]))
        if len(who) == len(looks) > NAMED and unread:
            whose = f"All {len(who)} that could be judged"
        more = f" and {len(who) - NAMED} more" if NAMED < len(who) < len(looks) else ""
        says.append(
            Sentence(f"{whose}{more}: {text}.", tuple(i for n in who for i in looks[n].cites))
        )
    if unread:
        rest = joined(unread) if len(unread) <= NAMED else f"{len(unread)} faces"
        says.append(fixed(f"Of {rest} I cannot tell."))
    return says


def by_statement(firsts: Sequence[Sentence]) -> list[Sentence]:
    """Return what is said of several faces, of those that share a statement once; the rarest
    statement first. ``firsts``: a sentence on each face, with its name."""
    groups: dict[str, list[Sentence]] = {}
    for say in firsts:
        groups.setdefault(rendered(replace(say, face="")), []).append(say)
    if len(groups) == len(firsts):
        return list(firsts)
    says: list[Sentence] = []
    for text, who in sorted(groups.items(), key=lambda group: len(group[1])):
        whose = joined(say.face for say in who)
        if len(who) == len(firsts):
            whose = all_of(len(who))
        elif len(says) == len(groups) - 1:
            whose = f"the other {len(who)}" if len(who) > 1 else whose
        ids = tuple(i for say in who for i in say.cites)
        says.append(Sentence(f"{capital(whose)}: {lowered(text)}", tuple(dict.fromkeys(ids))))
    return says


def movements(each: Named, expert: bool) -> list[Sentence]:
    """Return the movements that most of several faces share, and on how many each shows."""
    shown: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    judged: dict[str, list[str]] = {}
    for name, ev in each:
        for code in ev.levels():
            judged.setdefault(code, []).append(name)
            if (reading := ev.reading(code)) and reading.visible:
                shown.setdefault(code, []).append((name, cites(reading)))
    common = sorted(shown, key=lambda code: -len(shown[code]))[:_GROUPS]
    says = [_shared(code, shown[code], judged[code], expert) for code in common]
    return says or _at_rest(each)


def ages(each: Named) -> list[Sentence]:
    """Return between which apparent ages several faces look."""
    known = sorted((found[1].years, found[0].region.id) for _, ev in each if (found := ev.age()))
    if len(known) < 2:
        return []
    (youngest, _), (oldest, _) = known[0], known[-1]
    mean = sum(years for years, _ in known) / len(known)
    text = f"The faces look {youngest:.0f} to {oldest:.0f} years old, about {mean:.0f} on average."
    return [Sentence(text, tuple(region for _, region in known))]


def _shared(
    code: str, who: Sequence[tuple[str, tuple[str, ...]]], judged: Sequence[str], expert: bool
) -> Sentence:
    what = capital(unit_name(code, True) if expert else noun(code))
    ids = tuple(i for _, cited in who for i in cited)
    without = [name for name in judged if name not in {shows for shows, _ in who}]
    if not without:
        return Sentence(f"{what} shows on {all_of(len(judged)).lower()}.", ids)
    if len(without) < min(len(who), MISSING):
        return Sentence(f"{what} shows on all but {joined(without)}.", ids)
    if len(who) <= NAMED:
        return Sentence(f"{what} shows on {joined(name for name, _ in who)}.", ids)
    return Sentence(f"{what} shows on {len(who)} of the {len(judged)} faces.", ids)


def _at_rest(each: Named) -> list[Sentence]:
    ids = tuple(i for _, ev in each for i in ev.ids())
    judged = [name for name, ev in each if ev.levels()]
    if not judged:
        return []
    return [Sentence(f"No clear movement shows on {all_of(len(judged)).lower()}.", ids)]
