"""What people ask about a picture of a face and no tool sees: gaze, glasses, hair, colours, time.

A word counts only where it is asked about: "does the man with the glasses smile" speaks of glasses
to say who is meant, "is he wearing glasses" asks for them.
"""

import re
from functools import cache, lru_cache
from typing import Literal

from focalface.tools.question.faces import PERSON

Beyond = Literal[
    "teeth", "tongue", "pupils", "tears", "lines", "skin", "thoughts", "ears", "gaze", "wear", "hair", "colour",
    "photo", "time", "body", "animal", "scene",
]  # fmt: skip
"""What people ask about and no tool sees; the agent has a sentence for each."""

NOT_OF_A_PART: frozenset[Beyond] = frozenset({"wear", "hair", "colour", "photo"})
"""What is asked about although a region is named: "what colour are the eyes"."""
_WORN = (
    r"(?:glasses|spectacles|sunglasses|earrings?|hats?|caps?|tattoos?|piercings?|clothes|shirt|t - shirt"
    r"|jacket|dress|tie|scarf|necklace|jewellery|jewelry|uniform|suit|jumper|sweater|hoodie|helmet|monocle|goggles|headband|headscarf|hijab|turban|veil|tiara|crown|wig|bow ?tie|nose ring|brooch)"
)
_GROWN = r"(?:beard|moustache|mustache|hair|haircut|hairdo|hairstyle|fringe|ponytail|plaits?|braids?|dreadlocks|dreads|mohawk|afro|curls|bangs|goatee|stubble|sideburns|makeup|eyeliner|eyeshadow|lipstick|mascara)"
_MARKS = r"(?:freckles?|scars?|moles?|birthmarks?|dimples?)"
_ADJECTIVES = r"(?:(?:the|a|an|his|her|their|that|big|small|long|short|\w+ed|\w+y|red|blue|green|black|white|grey|dark|blonde?|brown|yellow) )*"
_WHO = rf"(?:{PERSON}|men|women|people|guys|girls|boys|kids|groom|bride|player|teacher|boss|friend)"
_THING = rf"{_ADJECTIVES}(?:{_WORN}|{_GROWN}|{_MARKS})(?: and {_ADJECTIVES}(?:{_WORN}|{_GROWN}|{_MARKS}))?"
_DIRECTION = (
    r"(?:(?:straight|directly|right|back|over|out) )?(?:at (?!ease|peace|odds|rest)|into|towards?"
    r"|away|sideways|off|up (?!to|and down)|upwards?|down (?!and out|in)|downwards?"
    r"|(?:to|in) the (?:left|right|camera|distance)|left|right|straight|ahead|elsewhere|outside)"
)
_GAZING = rf"(?:looking|staring|gazing|glancing|peering|facing) {_DIRECTION}"
_ENDS = r"(?= (?:[,;?.!]|and|or|$))"

_MODIFIERS = re.compile(
    rf" ({_WHO}) (?:with|in|has|have) {_THING}(?= )"
    rf"| ({_WHO})(?: who| that)?(?: be| is)? (?:wear|wears|wearing|holding) {_THING}(?! (?:[,;?.!]|and|or) )(?= \w)"
    rf"| ({_WHO})(?: who| that)?(?: be| is)? {_GAZING}(?: (?:the |me|us|you|camera|lens|him|her))*(?! (?:[,;?.!]|and|or) )(?= \w)"
)
"""Words that only say which person is meant."""

_ASKED: dict[Beyond, str] = {
    "teeth": r" tooth ",
    "tongue": r" tongue ",
    "pupils": r" (?:pupil|pupils|iris|irises) ",
    "tears": r" (?:tears?|teary|tearful|watery|watering|bloodshot|moist|wet)(?= )",
    "lines": r" (?:any|deep|fine|visible|many|more|less|no|has|have|there|how|see|show) (?:\w+ ){0,3}"
    r"(?:wrinkle|wrinkles|line|lines|crow foot|crow 's foot|bag|bags|dark circle|circle|puffiness|pore|pores"
    r"|spot|spots|furrow)(?! (?:up|nose))(?= )| (?:forehead|skin|face|temple|cheek) (?:is |are |be |look |so |very )*(?:wrinkle|wrinkled|lined"
    r"|wrinkly|smooth|saggy|puffy|baggy)(?= )| (?:eye|face|lid) (?:is |are |be |look |so |very )*(?:puffy|baggy|swollen)(?= )",
    "thoughts": r" (?:he|she|they|person|man|woman|boy|girl|guy) (?:is |are |be |might be |could be )?(?:think|thinking)"
    r"(?= )| (?:his|her|their) (?:thoughts?|mind) ",
    "skin": r" (?:dry|chapped|cracked|oily|greasy|sweaty|sweating|acne|pimple|pimples|mole|moles|blush"
    r"|blushing|blushes|flushed|tanned|sunburnt|sunburned|bruise|bruised|bruises|rash|scars?|freckles?|birthmarks?|blemish|blemishes|skin) ",
    "ears": r" (?:ears?|earlobes?|neck|hairline|head shape|skull) ",
    "gaze": rf" {_GAZING}|(?:do|does|is|are|what|where) [\w ]{{1,30}}\b(?:look|stare|gaze|peer) {_DIRECTION}"
    r"| eye contact | (?:what|who|where|whom) (?:is |are |be )?[\w ]{1,20}(?:looking|staring|look)(?: at)?(?= (?:[?.!]|$))"
    r"| (?:gaze|eye) (?:is |are |be )?(?:direct|directed|averted|fixed|turned) ",
    "wear": rf" {_WORN} | wear | wears | wearing ",
    "hair": rf" {_GROWN} | make ?-? ?up | shaved? | (?:un)?shaven | bald ",
    "colour": r" colou?r | coloured | colored ",
    "photo": r" (?:picture|photo|image|shot|it|focus) (?:be |is |look )?(?:sharp|blurry|blurred|in focus"
    r"|grainy|overexposed|underexposed|well lit|dark|edited|photoshopped|retouched)"
    r"| (?:picture|photo|image|shot) (?:be |is |look )?(?:real|fake|genuine)"
    r"| (?:good|bad|nice|great|professional) (?:picture|photo|image|shot) | (?:ai|computer) ?-? ?(?:generated|made) | deepfake | photoshopped | (?:in|out of) focus | filter | lighting | the light (?=good|bad|ok|fine|right) | light be (?:good|bad|ok|fine) | resolution "
    r"| (?:dark|darker|darkest|brighter|better lit|lit|light|lighter|shadowed|shaded)(?= (?:than|[?.!;]|$|or|on))| in (?:the )?(?:shadow|shade|light|dark) ",
    "animal": r" (?:cats?|kittens?|dogs?|pupp(?:y|ies)|animals?|pets?|horses?|birds?|monkeys?|apes?|chimps?|rabbits?|hamsters?|cows?|lions?)(?! tired)(?= )",
    "time": r" micro ?-? ?expressions? | (?:nod|nodding|nods|talking|speaking|speak|talk|waving|singing|chew(?:ing)?|eat(?:ing)?|drinking|smoking|whistling|(?:yell|shout|scream|holler)\w*|shaking his head"
    r"|shaking her head|blink rate|how often|how long|since when|breathing) ",
    "scene": r" (?:outdoors|indoors|beach|background|scenery|landscape|building|room|weather|sky|street|furniture|place|location"
    r"|surroundings?)(?= )",
    "body": r" (?<!behind his )(?<!behind her )(?<!behind the )(?<!behind a )(?:hand|hands|finger|fingers|arm|arms|posture|(?<!same )(?<!equal )height|tall|body|shoulder|shoulders) ",
}
"""What is asked about -> its pattern on the base form."""


def find_beyond(base: str) -> tuple[Beyond, ...]:
    """Return what a question in its base form asks about that no tool sees."""
    kept = stripped(base)
    return tuple(what for what, pattern in _asked().items() if pattern.search(kept))


@cache
def _asked() -> dict[Beyond, re.Pattern[str]]:
    return {what: re.compile(pattern) for what, pattern in _ASKED.items()}


@lru_cache(maxsize=64)  # several readers of one turn
def stripped(base: str) -> str:
    """Return the base form without words that only say which person is meant."""
    return _MODIFIERS.sub(lambda m: f" {m[1] or m[2] or m[3]}", base)
