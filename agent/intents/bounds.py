"""Requests that no picture of a face answers honestly: recognised here, turned down elsewhere.

The patterns read the plain form of a question (lower case, typos mended). Words that are harmless
in company ("lying in bed", "pretty angry", "the race is over") are let through.
"""

import re

from focalface.agent.intents.text import Text
from focalface.agent.intents.types import Refusal

_P = (
    r"(?:man|woman|person|people|guy|guys|girl|boy|kid|child|lady|ladies|dude|men|women"
    r"|individual"
    r"|gentleman|model|fellow|human|face|subject|one)"
)
_HE = r"(?:he|she|they|him|her|it|this|that|these|those)"
_NATIONS = (
    r"american|british|english|scottish|irish|french|german|italian|spanish|portuguese|dutch"
    r"|swedish"
    r"|norwegian|danish|finnish|polish|czech|russian|ukrainian|greek|turkish|arab|arabic|arabian"
    r"|persian|iranian|iraqi|israeli|syrian|afghan|indian|pakistani|bangladeshi|chinese|japanese"
    r"|korean|vietnamese|thai|filipino|indonesian|mexican|brazilian|cuban|colombian|african"
    r"|nigerian|kenyan|ethiopian|egyptian|moroccan|european|asian|latino|latina|latin|hispanic"
    r"|caucasian|mixed"
    r"|native|aboriginal|slavic|scandinavian|mediterranean|middle eastern|jewish|muslim|christian"
    r"|hindu|buddhist|sikh|catholic|gypsy|roma"
)

_PATTERNS: tuple[tuple[Refusal, str], ...] = (
    (
        "identity",
        rf"\bwho(?:'s| is| are| was| might| could)? (?:be )?{_HE}\b(?! (?:smil|frown|look"
        rf"|the (?:most|least)))"
        rf"|\bwho(?:'s| is| are| was) (?:the|these|those|that|this) (?:\w+ )?{_P}\b"
        rf"|\bwho (?:do|can) (?:you|we|i) (?:see|recogni)|\bwho am i\b|^who ?(?:is|are)? ?[?.!]*$"
        r"|\bwho (?:does|do) (?:he|she|they|it) (?:look|remind|resemble)|\blook ?-?alike|doppel"
        rf"|\bknow (?:who|him|her|them|this {_P}|that {_P}|the {_P})\b"
        rf"|\b(?:recogni[sz]e|identify|identifying|id) (?:this |that |the |these |those )?(?:{_P}"
        rf"|him|her|them|me)\b(?! ?'s)"
        r"|\b(?:his|her|their|person 's|person's|man's|woman's|guy's|girl's|my) (?:full |first "
        r"|last |real )?(?:name|identity)\b"
        rf"|\bwhat(?:'s| is) (?:the )?name|\bname of (?:the|this|that) {_P}|\bname (?:this|that"
        rf"|the) {_P}\b|\b(?:is|are) \w+ (?:called|named)\b|\bidentity of\b"
        r"|\b(?:celebrit(?:y|ies)|famous|politician|movie star|film star|pop star|actor|actress"
        r"|well known person)\b"
        r"|\b(?:instagram|facebook|linkedin|tiktok|social media|whatsapp|phone number"
        r"|home address|where (?:does|do) (?:he|she|they) live)\b"
        r"|\b(?:reverse image|google) (?:search )?|\bfind (?:out )?(?:him|her|who|this person|his"
        r"|their)\b"
        rf"|\bsame (?:{_P}|individual)\b|\b(?:they|people|two|these|them) (?:\w+ )?related\b"
        rf"|\b(?:siblings|twins|relatives)\b|\bfa(?:ce|cial) (?:recognition|match)"
        r"|\bwhose (?:face|photo|picture|portrait) is\b",
    ),
    (
        "ethnicity",
        r"\bethnic|\bnationalit|\brac(?:e|ial|ially)\b(?! is over| was| is on| car| track| result"
        r"| ended| start)(?<!the race)|\bskin (?:color|colour|tone)\b"
        rf"|\b(?:is|are|be|look|looks|appear|appears|'s|a|an|of|half|part"
        rf"|or)(?: \w+)? (?:{_NATIONS})\b(?! (?:letter|alphabet|language|emotion))"
        rf"|\b(?:{_NATIONS}) or \w+\b"
        r"|\b(?:is|are|looks?) (?:he|she|they|it|this (?:man|woman|person)|the \w+)? ?(?:white"
        r"|black|brown)(?: or \w+)?\s*[?.!]*$|\b(?:white|black|brown) (?:man|woman|person|guy"
        r"|people)\b"
        r"|\bwhere (?:is|are|does|do|did|was|were|might|could) [\w' ]{1,30}(?:from|born"
        r"|originate)\b|\bwhat country\b|\bwhich country\b"
        r"|\b(?:ancestry|descent|heritage|ancestors|immigrant|foreigner|religion|religious)\b"
        r"|\bcountry of origin|\b(?:his|her|their) origins?\b",
    ),
    (
        "attractiveness",
        r"\battractive(?:ness)?\b|\bunattractive|\bbeaut(?:y|iful)\b|\bhandsome|\bgorgeous|\bsexy\b"
        r"|\bugly\b|\bcute(?:r|st)?\b|\bhotness\b"
        r"|\bhot\b(?! (?:day|weather|tea|coffee))|\bgood ?-? ?looking|\bbetter ?-? ?looking"
        r"|\bgood looks|\bpretty\b(?=(?: (?:face|woman|girl|lady|or|eyes|enough|than)\b"
        r"| ?[?.!,]*$))|\bprett(?:ier|iest)\b"
        rf"|\b(?:rate|score|rank) (?:his|her|their|the|this|that|my|these) (?:{_P}|looks?"
        rf"|appearance|beauty)\b|\bout of (?:10|ten)\b(?=.*looks)"
        r"|\bgolden ratio|\bphotogenic|\blooksmax|\bmy type\b|\bwould you date\b"
        r"|\b(?:sex )?appeal(?:ing)?\b",
    ),
    (
        "honesty",
        r"\blying\b(?! (?:in|on|down|back|there|next|flat|under|against|asleep|face|awake))"
        r"|\b(?:is|are|be|was) (?:he |she |they |\w+ )?(?:a )?(?:liar|lies)\b|\bliar\b|\b(?:a|any"
        r"|the|telling|tells|told) lies?\b|\blied\b|\blie (?:to|about|detect)|\b(?:he|she"
        r"|they) lies?\b"
        r"|\b(?:telling|tell|tells|speaking|speak) (?:me |us )?the truth\b|\btruth(?:ful|fulness)\b"
        r"|\b(?:is|are|seem|seems|look|looks|appear|be)(?: \w+)? (?:honest|dishonest)\b|\bhonesty\b"
        r"|\bdeceiv|\bdecept|\bdeceit"
        r"|\b(?:un)?trustworth|\btrust (?:this|that|him|her|them|the)\b|\b(?:be|is|are) trusted\b"
        r"|\b(?:hide|hides|hiding|conceal|conceals|concealing) (?:something|anything|things"
        r"|a secret|secrets)\b|\b(?:guilty|guilt|innocent|innocence)\b"
        r"|\bbluff|\bcredib(?:le|ility)|\bbelieve (?:him|her|them|this (?:man|woman|person|guy))\b"
        r"|\bcheat(?:s|ed|ing)?\b|\bunfaithful|\bmeans? what (?:he|she|they) says?",
    ),
    (
        "health",
        r"\b(?:ill|illness|sick|sickness|disease|diseases|diagnos\w*|unhealthy|healthy|health"
        r"|ailment|symptoms?)\b|\bstroke\b|\bpals(?:y|ies)\b|\bparaly[sz]\w*"
        r"|\bparkinson|\balzheimer|\bdementia|\bautis|\badhd\b|\bdepress(?:ion|ed|ive)\b"
        r"|\bbipolar|\bschizo|\bmental(?:ly)? (?:ill|health|disorder|problem)|\bdisorder\b"
        r"|\bpsychopath|\bfever\b|\bcancer\b|\bcovid\b|\bflu\b|\binfect|\bpregnan|\bdrunk"
        r"|\bdrugs?\b|\bdrugged\b|\bstoned\b|\bon (?:cocaine|meth)|\bintoxicat|\balcohol"
        r"|\bhung ?-?over"
        r"|\bbotox|\b(?:plastic|cosmetic) surgery|\bsurgery\b|\bfacelift|\bsyndrome\b|\bdisab"
        r"|\bbmi\b|\boverweight|\bobese|\banorex|\bjaundice|\ban(?:a)?emi|\bdehydrat"
        r"|\bsuffer(?:s|ing)? from\b(?! (?:pain|fatigue))|\bconcuss|\bmelanoma"
        r"|\bskin (?:condition|problem)|\bmedical|\bptosis\b|\bmigraine|\bptsd\b|\bburn ?-?out\b"
        r"|\bsuicid",
    ),
    (
        "crime",
        r"\bcriminal|\bcrimes?\b|\bterroris|\bthie(?:f|ves)\b|\bsteal|\bstole|\bmurder"
        r"|\bkiller\b(?! smile)|\bkill(?:ed)? (?:someone|somebody|people)|\brobber"
        r"|\bgang(?:ster)?\b|\bfelon|\bdangerous\b"
        r"|\bviolent\b|\bsuspect\b|\bsuspicious\b|\barrest|\bprison|\bjail|\bp(?:a)?edo|\brapist"
        r"|\bshoplift|\bburglar|\ba threat\b|\bmugshot|\bconvict|\boffender|\billegal|\bsmuggl"
        r"|\bscammer|\bthug",
    ),
    (
        "gender",
        r"\bgender\b|\bwhat sex\b|\b(?:his|her|their) sex\b|\b(?:fe)?male or (?:fe)?male\b"
        r"|\b(?:a )?(?:wo)?man or (?:a )?(?:wo)?man\b|\b(?:boy|girl) or (?:a )?(?:boy|girl)\b"
        r"|\btrans(?:gender|sexual)?\b|\bnon ?-? ?binary|\bis (?:this|it|he|she"
        r"|that) (?:a )?(?:man|woman|boy|girl|male|female|guy)\s*[?.!]*$",
    ),
    (
        "character",
        r"\b(?:gay|lesbian|bisexual|homosexual|heterosexual|queer|sexual(?:ity)?"
        r"|sexual orientation)\b|\biq\b|\bintelligen|\bstupid\b|\bdumb\b|\bclever\b|\bsmart\b"
        r"|\bpersonality|\b(?:his|her|their) character\b|\bcharacter traits?|\bhir(?:e|ed|ing)\b"
        r"|\bpromot(?:e|ion)\b|\bgood (?:employee|worker|candidate|leader|parent|mother|father"
        r"|husband|wife|boss)\b|\bsuitable for\b|\b(?:the|this) job\b|\bcompetent"
        r"|\b(?:nice|good|bad|kind|evil|decent|mean|friendly|caring|generous|selfish|introverted"
        r"|extroverted) (?:person|man|woman|guy|human|girl|boy)\b|\bintrovert|\bextrovert"
        r"|\bnarciss|\b(?:is|are) (?:he|she|they) (?:rich|wealthy|evil|educated|single|married"
        r"|religious)\b|\bincome\b|\bsalary\b|\bwealth"
        r"|\bpolitical|\bvotes?\b|\bvoter|\brepublican|\bdemocrat\b|\bconservative\b|\bliberal\b"
        r"|\bloan\b|\bcredit ?worth|\bcredit score|\bloyal",
    ),
)  # fmt: skip
_RULES = tuple((reason, re.compile(pattern)) for reason, pattern in _PATTERNS)
_PROPER_NAME = re.compile(
    r"\b(?:[Ii]s|[Aa]re|[Ww]as|[Ii]sn't) (?:this|that|it|he|she|they|these) (?:really |not "
    r"|maybe )?"
    r"[A-Z][a-zà-ÿ]+(?: [A-Z][\w'-]+)+"
)
_HARMLESS = re.compile(
    r"\bto be honest\b|\bhonestly\b|\btruth be told\b|\bbeautifully\b|\bpretty much\b|\b(?:hon\w+"
    r"|true) (?:smile|grin)"
    r"|\bhealthy smile\b|\bthe race (?:is|was)\b|\bkiller smile\b|\bstroke of\b|\bno lie\b"
    r"|\bas an? (?:actor|actress|model)\b"
    r"|\bbelieve it\b|\bsmil\w* (?:is |look\w* )?(?:\w+ )?(?:honest|dishonest)\b"
    r"|\bpretty (?:please|well|sure)\b|\bfamous last\b"
)


def refusal(text: Text) -> Refusal | None:
    """Why a request is out of bounds, or None when it is not."""
    if _PROPER_NAME.search(text.raw) and not _known_words(text):
        return "identity"
    plain = _HARMLESS.sub(" ", text.plain)
    return next((reason for reason, rule in _RULES if rule.search(plain)), None)


def _known_words(text: Text) -> bool:
    """Whether the capitals are those of a title: "Is This Smile Genuine?"."""
    from focalface.agent.intents import attributes

    return bool(attributes.find(text.base)[0])
