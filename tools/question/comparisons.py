"""What a question compares: the sides of a face, its regions, faces, or two pictures."""

import re
from collections.abc import Collection, Sequence
from typing import Literal

from focalface.tools.question.regions import Mention

Comparison = Literal["sides", "regions", "faces", "pictures"]

_COMPARE = re.compile(
    r" (?:compare|compared|comparison|than|vs|versus|difference|differ|differs|different"
    r"|differently"
    r"|contrast|equal|equally|same|similar|similarly|match|matches|stronger|weaker|higher|bigger"
    r"|wider|broader|brighter|or|more|most|identical|happier|older|younger|contradict\w*"
    r"|disagree\w*|agree|consistent|inconsistent|conflict|conflicting|mismatch|rank|order|sort|arrange|alike"
    r"|as \w+ as|\w+er than) "
)
_ALIKE = re.compile(
    r" (?:compare|differ\w*|rank|order|sort|arrange|alike|same|similar\w*|equally) "
)
_PICTURES = re.compile(
    r" (?:previous|last|earlier|first|other|second|former|prior|old|two|both|new|next)"
    r" (?:picture|photo|image|shot|snapshot|frame) | before and after | before / after | since "
    r"| (?:picture|photo|image|shot|frame|one) before | (?:than|to|with|and|from) before "
    r"| earlier "
    r"| changed? (?:from|between|since)| (?:what|anything|has|have) .*changed "
)
_PART = r"(?:brow|eye|lid|cheek|side|corner|lip corner|mouth corner|half|jaw|nostril|dimple)"
_SIDES = re.compile(
    r" one (?:side|half) (?:\w+ ){0,3}?(?:\w+er|more|less|different|differently)(?= (?:than|[?.!;,]|$)) |"
    rf" (?:left|right) (?:\w+ )?{_PART} .*(?:higher|lower|more|less|stronger|weaker|wider|bigger|smaller)(?= [?.!;]| $)"
    rf"| which (?:\w+ )?{_PART} | one {_PART} .* other | both side | either side | each side "
    rf"| (?:on|to|towards) one side "
    rf"| per side | side by side "
    rf"| (?:two|both) (?:\w+ )?{_PART} .*(?:differ|same|equal|match|even)"
    rf"| (?:difference|differ|same|equal|even|match|balance|compare)\w* .*(?:two"
    rf"|both) (?:\w+ )?{_PART} "
    r"| left .* than .*right | right .* than .*left | (?:left|right)(?: \w+)* than "
    r"| (?:(?!corner|other|under|upper|over|either|never|ever|whether|inner|outer)\w+er|more|less)"
    r"(?: \w+)? (?:on|at|to) (?:the|his|her|their) (?:left|right) "
)
_ALIKE_ALONE = re.compile(
    rf" (?:one (?:of )?(?:the |his |her )?{_PART}|compare|same|equal|equally|identical|match|level"
    r"|differ\w*) "
)
REST = re.compile(r" (?:than|with|to|and) the rest ")


def find_comparison(
    base: str,
    mentions: Sequence[Mention],
    attributes: Collection[str],
    named: Collection[str],
    *,
    faces: Collection[str] = (),
    who: bool = False,
) -> Comparison | None:
    """Return what is compared, None when nothing is; ``who``: a face is to be found by comparing."""
    compares = bool(_COMPARE.search(base))
    if _PICTURES.search(base):
        return "pictures"
    if who and (attributes or compares):
        return "faces"
    if len(faces) > 1 or ("all" in faces and _ALIKE.search(base)):
        return "faces" if compares else None
    both = " left " in base and " right " in base
    parts = {part for mention in mentions for part in mention.parts}
    if compares and len(parts) <= 1 and (both or _pair_alone(mentions, base)):
        return "sides"
    if "asymmetry" in attributes or _SIDES.search(base):
        return "sides"
    if compares and " or " not in base and (len(parts) > 1 or len(named) > 1 or REST.search(base)):
        return "regions"
    return None


def _pair_alone(mentions: Sequence[Mention], base: str) -> bool:
    """ "Compare the brows": one part that a face has twice, compared with nothing else."""
    return bool(_ALIKE_ALONE.search(base)) and len(mentions) == 1 and len(mentions[0].names) == 2
