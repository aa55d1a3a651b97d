"""Requests that no picture of a face answers honestly: recognised here, turned down elsewhere.

The patterns read the plain form of a question (lower case, typos mended). Words that are harmless
in company ("lying in bed", "pretty angry", "the race is over") are let through.
"""

import re

from focalface.agent.intents import attributes, regions
from focalface.agent.intents.lexicon import GUARDED, words
from focalface.agent.intents.text import Text, is_known, read
from focalface.agent.intents.types import Refusal

_P = (
    r"(?:man|woman|person|people|guys?|girls?|boys?|kid|child|lady|ladies|dude|men|women|fellow"
    r"|individual|gentleman|model|human|face|subject|one)"
)
_HE = r"(?:he|she|they|him|her|it|this|that|these|those)"
_BE = r"is|are|be|look|looks|seem|seems|appear|appears|'s|s"
_DOES = rf"(?:{_BE})"
_NATION = (
    r"(?:american|british|english|scottish|irish|french|german|italian|spanish|portuguese|dutch"
    r"|swedish|norwegian|danish|finnish|polish|czech|russian|ukrainian|greek|turkish|arab|arabic"
    r"|arabian|persian|iranian|iraqi|israeli|syrian|afghan|indian|pakistani|bangladeshi|chinese"
    r"|japanese|korean|vietnamese|thai|filipino|indonesian|mexican|brazilian|cuban|colombian"
    r"|african|nigerian|kenyan|ethiopian|egyptian|moroccan|european|asian|latino|latina|latin"
    r"|hispanic|caucasian|mixed|native american|aboriginal|slavic|scandinavian|mediterranean"
    r"|middle eastern"
    r"|jewish|muslim|christian|hindu|buddhist|sikh|catholic|gypsy|roma)"
)

# Beginnings of words, each of which is enough by itself.
_STEMS: dict[Refusal, str] = {
    "identity": "celebrit famous politician instagram facebook linkedin tiktok whatsapp doppel "
    "siblings twins relatives passport lookalike",
    "ethnicity": "foreign ethnic nationalit racial ancestr descent heritage immigrant religio "
    "complexion caste",
    "attractiveness": "attractive unattractive beauty beautiful handsome gorgeous sexy ugly cute "
    "cuter hotness photogenic looksmax prettier prettiest stunning hideous unappealing hottest"
    " skinny chubby",
    "honesty": "liar lied truthful honesty deceiv decept deceit trustworth untrustworth trusted "
    "guilty guilt innocen bluff credib cheat unfaithful fibbing insincerity dishonest",
    "health": "ill illness sick sickness disease diagnos unhealthy healthy health ailment symptom "
    "palsy palsies paraly parkinson alzheimer dementia autis adhd depression depressed depressive"
    " "
    "bipolar schizo disorder psychopath fever cancer covid flu infect pregnan drunk drugged"
    " stoned "
    "intoxicat alcohol hungover botox surgery facelift syndrome disab bmi overweight obese anorex"
    " "
    "jaundice anemi anaemi dehydrat concuss melanoma medical medicat ptosis migraine ptsd burnout"
    " "
    "suicid unwell tipsy sober addict diabet contagious injur hospital doctor nausea",
    "crime": "criminal crime terroris thief thieves steal stole murder robber gang gangster felon "
    "dangerous violent suspicious arrest prison jail pedo paedo rapist shoplift burglar mugshot "
    "convict offender illegal smuggl scammer fraud thug crook villain mafia shady sketchy"
    " predator "
    "stalker",
    "gender": "gender transgender transsexual nonbinary",
    "character": "gay lesbian bisexual homosexual heterosexual queer sexual iq intelligen stupid "
    "dumb clever smart personality hire hired hiring competent introvert extrovert narciss income"
    " "
    "salary wealth political voter republican democrat conservative liberal loyal profession "
    "occupation educated",
}
_WHOLE = frozenset(
    words(
        "ill flu gay iq gang bmi twins hire smart dumb cute sick liberal clever fever sober crook"
        " lied"
    )
)
"""Stems that are too short to stand for longer words."""

_PHRASES: dict[Refusal, tuple[str, ...]] = {
    "identity": (
        rf"\bwho(?:'s| is| are| was| might| could)? (?:be )?{_HE}\b"
        r"(?! (?:smil|frown|look|the (?:most|least)))",
        rf"\bwho(?:'s| is| are| was) (?:the|these|those|that|this) (?:\w+ )?{_P}\b",
        r"\bwho (?:do|can) (?:you|we|i) (?:see|recogni)|\bwho am i\b|^who ?(?:is|are)? ?[?.!]*$",
        r"\bwho (?:does|do) (?:he|she|they|it) (?:look|remind|resemble)|\blook ?- ?alike",
        rf"\b(?:know|remember) (?:who|him|her|them|(?:this|that|the) {_P})\b",
        rf"\b(?:recogni[sz]e|identify|identifying|id) (?:(?:this|that|the|these|those) )?"
        rf"(?:{_P}|him|her|them|me)\b(?! ?'s)",
        r"\b(?:his|her|their|my|(?:person|man|woman|guy|girl|boy|lady|kid|people"
        r"|child)(?: ?'?s)?) "
        r"(?:full |first |last |real )?(?:names?|identity)\b",
        r"\bwho (?:this|that|he|she|it|they|these) (?:is|are|was|might|could)\b",
        r"\bwho(?:'s| is| are) (?:in|on) (?:the|this|that)\b|\bis (?:this|that|he|she) my \w+",
        r"\bis (?:this|that|it|he|she) the (?:president|king|queen|prime minister|pope|ceo)\b",
        rf"\bwhat(?:'s| is| are) (?:the |their )?names?\b|\bname of (?:the|this|that) {_P}",
        rf"\bname (?:this|that|the) {_P}\b|\b(?:is|are) \w+ (?:called|named)\b|\bidentity\b",
        r"\b(?:movie|film|pop|rock|tv) star|\bwell ?-? ?known person|\bwhich (?:\w+ )?(?:actor"
        r"|actress|singer|movie|film)|\b(?:is|are) (?:\w+ ){1,2}an? (?:actor|actress|singer)\b",
        r"\bsocial media|\bphone number|\bhome address|\bwhere (?:does|do) (?:he|she|they) live\b",
        r"\breverse image|\bgoogle (?:him|her|this|them)|\bfind (?:out )?who\b",
        r"^(?:can you |please |help me )?find (?:him|her|them|this person|his|their)\b",
        r"\bfind (?:him|her|them) (?:on|online)",
        rf"\bsame (?:{_P}|individual)\b|\b(?:they|people|two|these|them) (?:\w+ )?related\b",
        r"\bfa(?:ce|cial) (?:recognition|match)|\bwhose (?:face|photo|picture|portrait) is\b",
        r"\bseen (?:him|her|this (?:man|woman|person|guy)) before\b",
    ),
    "ethnicity": (
        r"\brace\b(?! is over| was| is on| car| track| result| ended| start)(?<!the race)",
        r"\bskin (?:color|colour|tone)\b|\b(?:native|mother) tongue\b",
        rf"\b(?:{_BE}|a|an|of|half|part|or)(?: \w+)? {_NATION}\b"
        r"(?! (?:letter|alphabet|language|emotion))",
        rf"\b{_NATION} or \w+\b|\b(?:cultural|ethnic|family) (?:background|roots)\b",
        rf"\b(?:is|are|looks?) (?:he|she|they|it|(?:this|the|that) {_P})? ?(?:white|black|brown)"
        r"(?: or \w+)?\s*[?.!]*$|\b(?:white|black|brown) (?:man|woman|person|guy|people)\b",
        r"\bwhere (?:is|are|does|do|did|was|were|might|could) [\w' ]{1,30}(?:from|born|originate)\b",
        r"\b(?:what|which) country\b|\bcountry of origin|\b(?:his|her|their) origins?\b",
        r"\bwhat religion|\b(?:muslim|jewish|christian) (?:man|woman|person)",
    ),
    "attractiveness": (
        r"\bhot\b(?! (?:day|weather|tea|coffee))|\b(?:good|better|best|nice) ?-? ?looking",
        r"\bgood looks|\bpretty\b(?=(?: (?:face|woman|girl|lady|or|enough|than)\b| ?[?.!,]*$))",
        rf"\b(?:rate|score|rank) (?:(?:his|her|their|the|this|that|my|these) )?(?:{_P}|looks?|him"
        r"|her|them|appearance|beauty)\b(?! ?'s)(?! (?:smile|smiling|mouth|eyes|emotion))",
        r"\bhow (?:good|nice|great|bad|well) (?:does|do|is|are) [\w' ]{1,20}look",
        r"\blooks?\b.*\b(?:out of|/|of) (?:10|ten)\b|\b(?:1|one) (?:-|to) (?:10|ten)\b.*\blooks?\b",
        r"\bgolden ratio|\bmy type\b|\bwould (?:you|anyone|people) (?:date|marry|swipe)",
        r"\b(?:sex )?appeal(?:ing)?\b|\bsmash or pass|\beye candy|\bperfect face|\bideal face",
    ),
    "honesty": (
        r"\blying\b(?! (?:in|on|down|back|there|next|flat|under|against|asleep|face|awake))",
        rf"\b{_DOES} (?:he |she |they )?(?:a )?lies\b|\b(?:a|any|the|telling|tells|told) lies?\b",
        r"\blie (?:to|about|detect)|\b(?:he|she|they) lies?\b(?! (?:in|on|down))",
        r"\bthe truth\b|\bmeans? it\b",
        rf"\b{_DOES} (?:he|she|they) (?:\w+ )?(?:sincere|genuine|for real|faking)\s*[?.!]*$",
        rf"\b{_DOES}(?: \w+)? honest\b|\btrust (?:this|that|him|her|them|the)\b",
        r"\b(?:hide|hides|hiding|conceal|conceals|concealing) (?:something|anything|things"
        r"|(?:a )?secrets?)\b|\bsomething to hide\b|\bmaking (?:it|this|that) up\b",
        r"\bbelieve (?:him|her|them|this (?:man|woman|person|guy))\b"
        r"|\bmeans? what (?:he|she|they) says?|\b(?:genuine|fake|sincere) (?:person|man|woman)\b",
    ),
    "health": (
        r"\bstroke\b|\bmental(?:ly)? (?:ill|health|problem)|\bon (?:cocaine|meth|drugs)\b|\bdrugs\b",
        r"\bhung ?- ?over|\bburn(?:ed)? ?-? ?out\b|\bskin (?:condition|problem)|\bblood pressure",
        r"\bsuffer(?:s|ing)? from\b(?! (?:pain|fatigue))|\bhigh on\b|\bwhat(?:'s| is) wrong with\b",
        r"\bunder the influence\b|\bfit to drive\b|\bneed (?:a )?(?:medical|treatment|help)\b",
    ),
    "crime": (
        r"\bkiller\b(?! smile)|\bkill(?:ed)? (?:someone|somebody|people|anyone)|\ba threat\b",
        r"\b(?:a|the|main) suspect\b(?! region| area)|\bup to (?:no good|something)\b"
        r"|\bdrug dealer"
        r"|\bpolice record",
        r"\b(?:hurt|harm|abuse) (?:someone|somebody|anyone|me|people|children)\b",
    ),
    "gender": (
        r"\bwhat sex\b|\b(?:his|her|their) sex\b|\b(?:fe)?male or (?:fe)?male\b|\btrans\b",
        r"\b(?:a )?(?:wo)?man or (?:a )?(?:wo)?man\b|\b(?:boy|girl) or (?:a )?(?:boy|girl)\b",
        r"\bnon ?- ?binary|\bis (?:this|it|he|she|that) (?:a )?(?:man|woman|boy|girl|male|female"
        r"|guy)\s*[?.!]*$|\b(?:he|she) or (?:a )?(?:she|he)\b",
    ),
    "character": (
        r"\b(?:his|her|their) character\b|\bcharacter traits?|\bpromotion\b|\bsuitable for\b",
        r"\b(?:good|bad|great) (?:employee|worker|candidate|leader|parent|mother|father|husband"
        r"|wife|boss|friend|neighbou?r)\b|\b(?:the|this|a) job\b|\bfor a living\b",
        r"\b(?:nice|good|bad|kind|evil|decent|mean|friendly|caring|generous|selfish|reliable) "
        r"(?:person|man|woman|guy|human|girl|boy)\b",
        rf"\b{_DOES} (?:he|she|they|{_HE} \w+) (?:\w+ )?(?:rich|poor|evil|single|married"
        rf"|reliable)\b",
        r"\blooks? (?:rich|poor|evil|reliable|wealthy)\b",
        r"\b(?:who|whom) (?:does|do|did|would|will) (?:he|she|they) vote|\bvotes? for\b|\bloan\b",
        r"\bcredit ?- ?worth|\bcredit score|\bshould (?:i|we) (?:date|marry|employ)\b",
    ),
}


def _stems(text: str) -> str:
    parts = (rf"{stem}\b" if stem in _WHOLE else rf"{stem}\w*" for stem in text.split())
    return rf"\b(?:{'|'.join(parts)})"


_RULES = tuple(
    (reason, re.compile("|".join([_stems(_STEMS[reason]), *phrases])))
    for reason, phrases in _PHRASES.items()
)
_PROPER_NAME = re.compile(
    r"\b(?:[Ii]s|[Aa]re|[Ww]as|[Ii]sn't) (?:this|that|it|he|she|they|these) (?:really |not "
    r"|maybe )?"
    r"[A-Z][a-zà-ÿ]+(?: [A-Z][\w'-]+)+"
)
_NAMED = re.compile(
    r"\b(?:photo|picture|portrait|image|photograph) of ([A-Z][a-zà-ÿ]+)"
    r"|\b(?:[Ww]hich (?:one|person|of them)|[Ww]ho) is ([A-Z][a-zà-ÿ]+)"
)
_MAYBE_NAME = re.compile(
    r"^(?:is|isn't|was) (?:this|that|it|he|she) (?:really |not )?([a-z]{3,}) ([a-z]{3,}) ?\??$"
    r"|\blooks? like ([a-z]{3,}) ([a-z]{3,}) ?\??$"
)
_COMMON = re.compile(
    r"(?:ing|ed|ly|ive|ous|al|ful|less|able|ible|ish|ness|tion|ment|est|light|time)$"
)
_SMALL_WORDS = frozenset(
    words(
        """
        the this that here there now too not yet still just only also very quite really rather
        good bad new big long great own able sure his her him them one two way thing day life kind
        type sort pose for with from about after out off over has had can may might must will
        does what who how why when all any some more most much many few even same other another
        """
    )
)
_HARMLESS = re.compile(
    r"\bto be honest\b|\bhonestly\b|\btruth be told\b|\bbeautifully\b|\bpretty much\b"
    r"|\b(?:honest|true|genuine|sincere|guilty|killer|healthy|cute|beautiful|gorgeous|stunning"
    r"|innocent|infectious|contagious|sober|sick|sexy|wicked) (?:smile|grin|laugh|look"
    r"|expression)|\bthe race (?:is|was)\b|\bstroke of\b|\bno lie\b|\bfamous last\b"
    r"|\bas an? (?:actor|actress|model|doctor)\b|\bbelieve it\b|\bpretty (?:please|well|sure)\b"
    r"|\bsmil\w* (?:is |look\w* )?(?:\w+ )?(?:honest|dishonest)\b|\bsick of\b|\bdrop dead\b"
)


def refusal(text: Text) -> Refusal | None:
    """Why a request is out of bounds, or None when it is not."""
    if _proper_name(text):
        return "identity"
    plain = _HARMLESS.sub(" ", text.plain)
    return next((reason for reason, rule in _RULES if rule.search(plain)), None)


def _proper_name(text: Text) -> bool:
    """Whether it asks for a name: capitals, or two words in place of one that nobody knows."""
    if _PROPER_NAME.search(text.raw):
        return not (attributes.find(text.base)[0] or regions.find(text.base))
    match = _NAMED.search(text.raw)
    if match and not _is_common((match[1] or match[2]).lower()):
        return True
    match = _MAYBE_NAME.search(text.plain)
    asked = [w for w in match.groups() if w] if match else []
    return bool(asked) and not any(_is_common(word) for word in asked)


def _is_common(word: str) -> bool:
    known = is_known(word) or word in GUARDED or word in _SMALL_WORDS or _COMMON.search(word)
    return bool(known) or bool(attributes.find(read(word).base)[0])
