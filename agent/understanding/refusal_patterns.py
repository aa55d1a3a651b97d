"""Patterns of requests that no picture of a face answers honestly, by kind; words: ``refusal_words``."""

from focalface.agent.understanding.intent import Refusal
from focalface.agent.understanding.refusal_words import NATION, PERSON, PLACES

_KIN = r"(?:mother|father|mum|mom|dad|parents?|brothers?|sisters?|husband|wife|grand\w+|aunt|uncle|cousins?|siblings|twins|lovers|friends|neighbours|colleagues|strangers)"

_EXPRESSIVE = (
    r"(?:smil|frown|laugh|grin|cry|cri|look|rais|squint|open|clos|shut|wink|yawn|wid|show|happ|sad|angr|surpris"
    r"|scar|tens|tir|young|old|pout|smirk|scowl|sneer|grimac|stretch|tight|relax|neutral|eye|brow|mouth|lip|chee"
    r"|lid|jaw|expression|emotion|most|least|\w+est\b)"
)
"""Beginnings of words that tell somebody by what the face shows, which the tools can find."""

PHRASES: dict[Refusal, tuple[str, ...]] = {
    "identity": (
        rf"\bthe (?:{_KIN}|son|daughter|child) of (?:the|this|that|him|her|my|our)\b|\bseen (?:\w+ )?online\b"
        r"|\w's (?:insta|snap|handle|username|number|address|profile|account|email)\b",
        rf"^(?:\w+ )?{_KIN} (?:and|or) (?:{_KIN}|son|daughter|child)\b|\b(?:could|might|must|may) (?:it |this |that |he |she )?be my \w+"
        r"|\bwho's who\b|\bwho is who\b|\b(?:label|tag|name) (?:the |these |all )?(?:people|everyone|them|persons|men|women|guests)\b|\bthe names? (?:is|'s|of the (?:man|woman|person|people))\b"
        r"|\bthe story (?:with|of|behind|between) (?:these|those|them|him|her)\b",
        r"\banswers? to\b[ ?.!]*$",
        r"\b(?:been|is|was|are|were|appears?|he's|she's) in (?:any|some|all|one|other|another|more|which|the rest)? ?(?:of )?(?:my|these|those|our|your) (?:\w+ )?(?:photo|picture|pic|image|album)s?\b",
        rf"\bwhose {PERSON} (?:is|are|was)\b|\brelation (?:to|of)\b|\bthe spit of\b|\bin (?:a|the|that|any|some) (?:film|movie|show|series|band|soap|advert)\b"
        r"|\b(?:been|seen|was|were|is) on (?:the )?(?:news|telly|tv|television)\b",
        r"\blooks? (?:\w+ )?like (?:me|my|his|her|their|our) ?(?:\w+ )?(?:self|mum|mom|dad|mother|father|brother|sister|son|daughter|gran\w*|uncle|aunt|cousin|ex|twin|family)?[ ?.!]*$"
        r"|\bwho (?:do|does|did) (?:i|we|my \w+|our \w+) look\b|\btakes? after\b|\bspitting image\b|\bresemblance\b"
        r"|\bof (?:one|the same) person\b|\bis (?:this|that|it) (?:really |actually |truly )?(?:me|him|us|them)\b[ ?.!]*$",
        rf"\bwhere (?:was|were|has|had) (?:he|she|they|(?:this|that|the) {PERSON})\b|\bwhere (?:is|are) (?:he|she|they) (?:now|living|hiding|right now|based)\b"
        r"|\bare (?:they|these two|the two|those two|we) (?:\w+ )?(?:together|friends|colleagues|strangers|an item|exes|lovers|engaged|close)\b"
        r"|\ban item\b|\bmore than (?:just )?friends\b",
        r"\b(?:first|last|full|real|maiden|family|christian|given|nick) ?-? ?names?\b|\bsurname\b"
        r"|\bknow (?:the|this|that|these) (?:singer|actor|actress|model|star|player|politician|musician|presenter|footballer)s?\b",
        rf"\b(?:be|are|they|two) (?:really |maybe |just |only )?{_KIN} (?:and|or) (?:\w+ )?(?:{_KIN}|son|daughter|child)\b(?! \w+ing)",
        r"\b(?:off|from) (?:the )?(?:telly|tv|television|news|youtube|tiktok|netflix)\b",
        rf"\bis (?:this|that|it|he|she) (?:his|her|their|our|your) (?:\w+ )?(?!face\b){PERSON}"
        rf"|\bis (?:this|that|it|he|she) the (?:\w+ )?{PERSON} (?:who|that|from|off) (?!is\b|was\b|looks?\b|smil)",
        r"\blong lost\b|\bhave (?:we|i|you) (?:\w+ )?met\b|^(?:full |real )?names? ?[?.!]*$|\bwho(?:'s| is) your man\b"
        r"|\bis (?:he|she) one of (?:us|ours|them)\b",
        r"\bwho(?:'s| is| are| was| were| might| could| may| do you think)? (?:be )?"
        r"(?:he|she|they|him|her|it|this|that|these|those|dis|dat)\b"
        r"(?! (?:smil|frown|look|laugh|grin|the (?:most|least)|\w+ing\b))",
        rf"\bwho(?:'s| is| are| was| were|s)? (?:the|these|those|that|this|dis|dat) "
        rf"(?!\w+est\b|(?:most|least)\b)(?:\w+ )?{PERSON}\b"
        rf"(?! (?:(?:who|that|which|with)(?: \w+){{0,4}}? )?{_EXPRESSIVE})",
        r"\b(?:which|what) (?:\w+ ){1,3}(?:this|that|he|she|it|they|these) (?:is|was|are|were)\b[ ?.!]*$",
        r"\bwho (?:do|can|did) (?:you|we|i) (?:see|recogni|think)|\bwho am i\b"
        r"|^who ?(?:is|are|dat|dis)? ?[?.!]*$",
        r"\bwho (?:does|do|is|are) (?:he|she|they|it|this \w+|that \w+) (?:look|remind|resemble"
        r"|supposed)|\blook ?- ?alike|\bremind you of\b|\bresembles? (?:any|some)",
        rf"\b(?:know|remember|met) (?:who|him|her|them|(?:this|that|the) {PERSON})\b",
        rf"\b(?:recogni[sz]e|identify|identifying|id|unmask) (?:(?:this|that|the|these|those) )?"
        rf"(?:{PERSON}|him|her|them|me)\b(?! ?'s| \w*(?:brow|eye|mouth|emotion|expression))",
        r"\b(?:do|did|can|could|would) (?:you|u|anyone|anybody) recogni[sz]e (?:this|that|these|those) "
        r"(?!expression|emotion|look|smile|feeling|mood|movement|sign|part|area|region|face\b)\w+"
        r"|\brecogni[sz]e the (?!(?:lower|upper|outer|inner|other|corner|cent)\w*\b)\w+(?:er|or|ist|ian|ess)\b"
        r"|\bwho(?:'s| is)? (?:plays?|played|stars?|starred|acts?|acted)\b"
        r"|\b(?:is|was|are|were) (?:the|this) (?:(?!than\b|next\b|beside\b|just\b|to\b)\w+ ){1,9}?(?:really |actually |truly )?(?:me|us)\b[ ?.!]*$",
        r"\b(?:his|her|their|my|(?:person|man|woman|guy|girl|boy|lady|kid|people|child)(?: ?'?s)?)"
        r" (?:full |first |last |real |sur)?(?:names?|identity|surname)\b",
        r"\bwho (?:this|that|he|she|it|they|these|those|(?:the|this|that) (?:\w+ )?"
        rf"{PERSON}(?: (?:with|in|on|at|behind|beside|next|from|wearing|holding)(?: \w+){{1,5}}?)?) "
        r"(?:is|are|was|might|could|may|would)\b",
        r"\bwho(?:'s| is| are) (?:in|on) (?:the|this|that) (?!left|right|middle|front|back)"
        r"|\bis (?:this|that|he|she) my \w+",
        r"\bis (?:this|that|it|he|she) the (?:president|king|queen|prime minister|pope|ceo|actor"
        r"|actress|singer|guy from|woman from|one from)\b",
        r"\bwhat(?:'s| is| are) (?:the |their )?names?\b",
        rf"\b(?:name|named|called) (?:of |for |to |on )?(?:the|this|that|dis) {PERSON}\b",
        r"\ba name (?:to|for|on)\b|\bname (?:him|her|them)\b|\bguess who\b"
        r"|\b(?:him|her|them|people|everyone|everybody|who|man|woman|person|guy|girl|boy)(?: \w+){0,3} by name\b"
        r"|\b(?:is|are) \w+ (?:called|named)\b|\bidentity\b|\bring (?:a|any) bells?\b",
        r"\bwhat (?:is|'s|are|do) (?:he|she|they|people|you) (?:called|call)\b",
        r"\b(?:movie|film|pop|rock|tv|porn|sports?) star|\bwell ?-? ?known (?:person|figure|face)"
        r"|\b(?:which|what) (?:\w+ )?(?:actor|actress|singer|movie|film|tv show|show(?= (?:is|was|did))|series|band|vip)\b"
        r"|\bfrom (?:a|that|the) (?:movie|film|show|series|tv)\b",
        r"\b(?:his|her|their) (?:insta|snap|handle|username|number|address|profile|account)\b"
        r"|\b(?:chance|maybe|could|whether|if|think)(?: that)? (?:this|that|he|she) (?:is|was|be) my \w+"
        rf"|\bmatch (?:this|that|the|his|her) (?:face|{PERSON}) (?:against|with|to|in)\b|(?<!making the )(?<!pulling the )(?<!doing the )\bsame face\b",
        r"\bsocial media|\b(?:phone|social security) number|\bhome address|\bemail\b"
        r"|\bwhere (?:does|do) (?:he|she|they) (?:live|work|stay)\b|\bcontact details\b",
        r"\breverse image|\bgoogle (?:him|her|this|them)|\b(?:find|look) (?:out |up )?who\b",
        r"^(?:can you |please |help me )?(?:find|track down|locate|look up) (?:him|her|them"
        r"|this (?:person|man|woman|guy|girl)|his|their)\b(?! (?:brow|eye|mouth|lip|nose|chin))",
        r"\bfind (?:him|her|them) (?:on|online)",
        rf"(?<!making the )(?<!pulling the )(?<!doing the )\bsame (?:{PERSON}|individual)\b(?! (?:smil|look|feel|in the picture))",
        r"\b(?:they|people|two|these|them|those) (?:\w+ )?(?:related|siblings|twins|a family)\b",
        r"\bfa(?:ce|cial) (?:recognition|match(?! (?:the|his|her|its|their|what)\b))|\bwhose (?:face|photo|picture|portrait|mug) is\b",
        r"\bseen (?:him|her|them|(?:this|that) (?:man|woman|person|guy|girl|face))\b"
        r"(?: \w+){0,2} (?:before|somewhere|anywhere|already)|\b(?:anybody|anyone|somebody|someone)"
        r" (?:famous|i know|we know|known)\b|\bwho ?(?:dis|dat)\b",
    ),
    "ethnicity": (
        rf"(?<!you )\bspeak(?:s|ing)? (?:any |good |fluent |only )?{NATION}\b",
        r"\b(?:say|guess|tell|name|what|which|about) (?:me )?(?:the |his |her |their )?race\b|\b(?:grow|grew|grown|brought) up (?:in|where)\b"
        r"|\b(?:where|which|what)\b.*\b(?:grow|grew|brought) up\b|\bper ?cent \w+ (?:is|are|does)\b(?! (?:the|your))",
        rf"(?:^|[,;:] |\b(?:or|maybe|probably|like|pure|fully|part|half|proper|definitely) ){NATION}"
        r"(?: (?:maybe|right|or what|or not|or nah?|yes or no|innit|no))?\s*[?.!]*$",
        r"\b(?:god|jesus|allah|bible|quran|koran|torah|church|mass|temple)(?: |-)?(?:goer|going|fearing)\b"
        r"|\b(?:goes|go|going|belongs?) to (?:church|mass|mosque|temple|synagogue)\b(?! (?:wedding|door))",
        r"\brace\b(?! is over| was| is on| car| track| result| ended| start)(?<!the race)"
        r"(?<!after a race)",
        r"\bskin (?:color|colour|tone)\b|\b(?:native|mother|first) (?:tongue|language)\b"
        r"|\bof colou?r\b|\bmixed race\b",
        rf"\b(?:is|are|be|look|looks|seem|seems|appear|appears|'s|s|a|an|of|half|part|or)"
        rf"(?: \w+)? {NATION}\b(?! (?:letter|alphabet|language|emotion|emotions|feelings|signals"
        r"|tension|smile|resting))",
        rf"\b{NATION} (?:blood|roots|ancestry|heritage|background|descent|origins?|genes|family)\b",
        rf"\b{NATION} or \w+\b|\b{NATION} ?-? ?looking\b|\b(?:cultural|ethnic|family|national) "
        r"(?:background|roots|origins?)\b|\broots\b",
        r"\b(?:is|are|looks?) (?:he|she|they|it|(?:this|the|that) \w+)? ?(?:white|black|brown)"
        r"(?: or \w+)?\s*[?.!]*$|\b(?:white|black|brown) (?:man|woman|person|guy|people)\b",
        r"\bwhere(?:'s| is| are|s)?(?: (?:do|does|did|was|were|might|could|you think))*"
        r" [\w' ]{1,40}(?:from|born|originate|raised|come from|hail from)\b",
        rf"\b(?:he|she|they|{PERSON})(?:'s| is| are| come| comes| be|)(?: \w+)? from {PLACES}\b"
        rf"|\bfrom {PLACES} or\b|\b(?:is|are|was) (?:he|she|they|(?:this|the|that) \w+) "
        rf"(?:\w+ )?from {PLACES}\b",
        r"\b(?:what|which) (?:country|continent|nation|people|tribe|culture|part of the world"
        r"|language|city)\b|\bcountry of origin|\b(?:his|her|their) (?:origins?|background"
        r"|homeland|accent)\b|\bcitizens?(?:hip)?\b",
        r"\bwhat religion|\b(?:muslim|jewish|christian) (?:man|woman|person)|\b(?:pray|prays"
        r"|believes?) (?:to|in) (?:god|allah)\b|\bwhat faith\b",
    ),
    "attractiveness": (
        r"\b(?:is|are) (?:the|his|her|this|my) (?:face|features|nose|lips|skin|profile) (?:so |really )?(?:perfect|flawless|ideal)\b|\benough for my \w+",
        r"\bhow (?:fit|hot|pretty|cute|sexy|ugly)\b|\btap (?:that|this|it|him|her)\b|\bhubba\b|\blikes? (?:my|his|her) (?:face|looks|body)\b",
        r"\b(?:too (?:old|young|good|pretty)|(?:old|young|good) enough) for (?:me|him|her|them|us)\b|\bout of (?:my|his|her) league\b|\bturns? (?:any |some )?heads\b|\bthe looks (?:to|of a|for)\b"
        r"|\b(?:had|have|has) (?:any |some )?work done\b|\b(?:boob|tit|lip|nose|hair) (?:job|implants?)\b|\bfake (?:boobs?|tits|lips|nose|tan)\b|\bbody count\b",
        r"\b(?:good|better|best|nice|great) ?-? ?looking|\bgood looks|\bsex ?-? ?appeal",
        r"\bpretty\b(?=(?: (?:face|woman|girl|lady|or|enough|than)\b| ?[?.!,]*$))",
        rf"\b(?:rate|score|rank|judge) (?:(?:his|her|their|the|this|that|my|these) )?"
        rf"(?:{PERSON}|looks?|him|her(?! \w+ing\b|(?! (?:out|on|from|one|please|as|in|for|by|now)\b) [a-z])"
        r"|them|appearance|beauty|me)\b(?! ?'s)"
        r"(?! (?:smile|smiling|mouth|eyes|emotion|brow|lip|nose|pain|tension|expression|(?:by|for"
        r"|on|in|according|from (?:sad|happ|young|old|least|most))\b(?! (?:looks|10|ten|hot))))",
        r"\bhow (?:good|nice|great|bad|well) (?:does|do|is|are) [\w' ]{1,20}look",
        r"\blooks?\b.*\b(?:out of|/|of) (?:10|ten)\b|\b(?:1|one) (?:-|to) (?:10|ten)\b.*\blooks?\b",
        r"\bwin (?:a |the )?(?:\w+ )?(?:contest|pageant|competition)\b|\bhot or not\b|\bgolden ratio|\bmy type\b|\b(?:sex )?appeal(?:ing)?\b"
        r"|\bsmash or pass|\beye candy|\bperfect face|\bideal face|\bglow ?-? ?up\b",
        r"\b(?:nose|ears?|forehead|chin|jaw|face|lips?|eyes|mouth|cheeks)\b(?: \w+){0,2} (?:too|so) "
        r"(?:big|large|long|small|fat|round|weak|thin|short)\b",
        r"\b\w+[ -]+(?:level|worthy|tier|grade|quality|standard|material) looks\b|\b(?:have|has|had|got) (?:\w+[ -]+){0,3}looks\b(?! (?:like|as))",
        r"\b(?:have|has|having|got) (?:a |an )?(?:\w+ly |very |such )*(?:beautiful|pretty|nice|attractive|gorgeous|ugly|lovely|perfect|bad|great) "
        r"(?:smile|face|eyes|nose|mouth|lips|features|skin|jawline|profile|chin)\b|\bby (?:their |his |her )?(?:looks|beauty|appearance)\b",
        r"\b(?:above|below|under) average\b|\b(?:score|rate|rank|grade|mark) (?:my|his|her|their|our) (?:face|looks?)\b",
        r"\b(?:plastic|cosmetic|nose) (?:surgery|job)\b|\bwould (?:look )?(?:better|prettier)\b",
    ),
    "honesty": (
        r"\b(?:con|scam|swindle|trick|fool|cheat|rob|betray|deceive|mislead|manipulate|rip off|stitch up"
        r"|screw over)(?:s|d|ed|ning|ing|ming|bing)? (?:me|us|him|her|them|people|somebody|someone|anyone)\b",
        r"\btell (?:me |us )?(?:if|whether) (?:that|it|this|what \w+ \w+)(?:'s| is| was)? (?:really |actually )?(?:true|a lie|made up)\b(?! that)",
        r"\b(?:made|make|makes|making) (?:the|a|his|her|their|this|that) (?:\w+ )?(?:story|excuse|alibi|tale|thing) (?:all )?up\b",
        rf"\b(?:believe|trust|hire|date|marry) (?:a|an|such a|some) (?:\w+ )?{PERSON}\b",
        r"\bnot telling (?:me|us)\b|\bcrocodile tears\b|\btalking (?:rubbish|nonsense|bollocks|crap|shit)\b",
        r"\bcheat(?:s|ed|ing) on\b|\bcon (?:artist|man|woman|job)\b|\bfull of (?:it|shit|crap|himself|herself|lies)\b"
        r"|\bpoker tell|\btak(?:e|ing) (?:me|us) for (?:a ride|a fool)\b|\btelling (?:tales|stories|porkies)\b"
        r"|\bplay(?:s|ed|ing) away\b|\bon the level\b|\bon the side\b|\btwo ?-? ?tim(?:er|ing)\b|\bhonest (?:face|eyes|man|woman|person)\b",
        r"\bwhat a liar\b|\b(?:a|any|the|telling|tells|told|white) lies?\b(?! in| on| down)",
        r"\blie (?:to|about|detect)|\b(?:he|she|they) lies?\b(?! (?:in|on|down))",
        r"\btelling (?:me |us )?(?:\w+ )?truth\b|\bthe truth\b|\bmeans? it\b"
        r"|\btwo ?-? ?faced\b|\bpants on fire\b|\bpulling my leg\b|\bhaving me on\b|\bfake it\b|\bfaking it\b",
        r"\btrust (?:him|her|them|this|that|(?:the|this|that|these) (?:\w+ )?"
        rf"{PERSON}|(?:his|her|their) (?:word|face|story))(?: ?[?.!,]| with|\s*$| to\b)",
        r"\b(?:hide|hides|hiding|conceal|conceals|concealing) (?:something|anything|things"
        r"|(?:a )?secrets?)\b|\bsomething to hide\b|\bmaking (?:it|this|that) (?:all )?up\b",
        r"\bbelieve (?:him|her|them|this (?:man|woman|person|guy)|what (?:he|she|they))\b"
        r"|\bmeans? what (?:he|she|they) says?|\b(?:genuine|fake|sincere) (?:person|man|woman|guy)\b"
        r"|\b(?:buy|swallow) (?:his|her|their|what)\b|\bstraight with (?:me|us|you)\b"
        r"|\brely on (?:him|her|them)\b|\b(?:his|her|their) (?:word|story|alibi)\b",
        r"\b(?:trusted|innocence|guilt|cheats?|sincerity of|lies?)\s*[?.!]*$",
    ),
    "health": (
        r"\bhow (?:much longer|long|many years) (?:has|have) (?:he|she|they) got\b|\bdown's\b|\ba (?:bit|little) (?:slow|simple|thick|dim|special)\b",
        r"\b(?:needle|track|injection) marks\b",
        r"\bblood (?:type|group|sugar|alcohol|count|test)\b|\b(?:sign|signs|because|symptom|due|point|points) (?:of|to) (?:ms|als|tb|copd)\b",
        r"\b(?:await|wait|expect|carry)\w* (?:for )?(?:a |her |their |the )?(?:\w+ )?(?:child|baby|twins|little one)\b(?! to)"
        r"|\b(?:still|left|years|months|days|weeks) (?:\w+ )?to live\b",
        r"\bscrew (?:is )?loose\b|\boff (?:his|her|their|my) (?:rocker|face|head|trolley|tits|nut|meds)\b"
        r"|\bup the duff\b|\bbun in the oven\b|\bknocked up\b|\bin the family way\b|\bhigh as a kite\b"
        r"|\bsheets to the wind\b|\bunder the weather\b|\bpicture of health\b|\bdeath'?s door\b|\bon (?:his|her) last legs\b"
        r"|\b(?:lost|out of|losing) (?:his|her|their) (?:mind|marbles)\b|\bnot (?:quite )?(?:right in the head|all there)\b|\bnot all there\b"
        r"|\bheart (?:attack|condition|disease|problem)s?\b|\bon the (?:wagon|sauce|bottle|booze|pill|gear|piss|lash)\b",
        r"\b(?:on|from|by|using|use|uses|did|done|took|taken|taking|snort\w*|smok\w*|shooting|popping|doing) (?:some |any |too much )?"
        r"(?:coke|weed|meth|crack|acid|molly|shrooms|booze|speed|pills|cannabis|marijuana|pot|ecstasy|opiates?)\b",
        r"\bwrong with (?:his|her|their|my) (?:brain|head|mind|health|heart|liver|lungs?|genes)\b",
        r"\b(?:a|signs? of(?: a)?|mini) ?-? ?stroke\b|\bmental(?:ly)? (?:ill|health|problem|state of"
        r" health|unstable|condition)\b|\bon (?:cocaine|meth|drugs|something|pills|meds"
        r"|antidepressants?|steroids|medication|painkillers|weed|crack|heroin|lsd|acid|ecstasy)\b|\bdrugs?\b",
        r"\b(?!(?:apath|empath|sympath|antipath|academ|arom|diplom)\w*)\w{2,}(?:itis|osis|aemia|emia|oma|algia|pathy"
        r"|plegia|rexia|acea|iasis)\b|\b(?:acne|eczema|rash|warts?|lupus|measles|shingles)\b",
        r"\bhung ?- ?over|\bburn(?:ed)? ?-? ?out\b|\bskin (?:condition|problem|disease)"
        r"|\bblood pressure|\b(?:his|her|their) health\b|\bhealth (?:problem|issue|condition)s?\b",
        r"\bsuffer(?:s|ing)? from\b(?! (?:pain|fatigue|stress|tired))|\bhigh on\b"
        r"|\bwrong with (?:him|her|them|this \w+|that \w+)(?: ?[?.!,]|\s*$)",
        r"\bunder the influence\b|\bfit to (?:drive|work)\b|\bneed (?:a )?(?:medical|treatment|help"
        r"|a doctor|therapy)\b|\bneeds (?:a )?(?:doctor|medic|therapist|therapy|treatment)\b",
        r"\b(?:too much|a lot) to drink\b|\bbeen (?:drinking|smoking|using)\b"
        r"|\bwith child\b|\bexpecting a (?:baby|child)\b|\blife expectancy\b|\bhow long .* (?:to live"
        r"|live)\b|\beating disorder\b|\bon the spectrum\b|\bspecial needs\b|\bwhat condition\b"
        r"|\b(?:illness|ill|sick) or\b|\b(?:vitamin|iron) deficien",
    ),
    "crime": (
        r"\bshould (?:i|we|you|anyone) (?:\w+ly )?(?:be (?:\w+ )?(?:afraid|scared|frightened|wary|careful|suspicious)"
        r"|(?:trust|fear|avoid|date|hire|marry|believe|forgive|lend|swipe|sleep with|vote|invest|report)\b)",
        r"\b(?:that|whether|if) (?:he|she|they) did it\b",
        r"\bwho (?:ate|stole|broke|farted|shot|did it|done it|is to blame|started it)\b|\bwas it (?:him|her|them)\b|\bdone a runner\b",
        r"\b(?:been|done|did|doing|serving) (?:time|inside|a stretch|bird)\b|\bwrong ?'?un\b|\bha(?:ve|s) (?:form|priors|a record)\b"
        r"|\b(?:bad|rotten) (?:egg|apple|lot)\b|\bnasty piece\b|\bpack(?:s|ing)? heat\b|\bflight risk\b|\bon the (?:run|rob|fiddle|take)\b"
        r"|\b(?:hit|punch|slap|strangle|beat up|hurt) (?:someone|somebody|people|his|her|kids|women)\b(?! (?:finger|toe|hand|leg|head|knee))",
        rf"\bdid (?:he|she|they|{PERSON}) (?:really |even )?do (?:it|this|that)\b",
        r"\bkiller\b(?! (?:smile|look|grin))|\bkill(?:ed)? (?:someone|somebody|people|anyone|me)"
        r"|\ba threat\b",
        r"\b(?:a|the|main) suspect\b(?! region| area| ?'s| \w*(?:smil|frown|look|blink|feel))(?=.*"
        r"(?:\?|$))(?<=is he a suspect)|\bup to (?:no good|something\b(?! with))|\bdrug dealer"
        r"|\bpolice record|\bbroken the law\b|\bdone time\b|\bcommit(?:ted)? \w+",
        r"\b(?:would|could|will|might|did|does) (?:he|she|they) (?:ever )?(?:hurt|harm|abuse|attack|beat|kill"
        r"|rob|stab|shoot) (?!(?:his|her|their|him|your)(?:self|\b))\w+",
        r"\b(?:hurt|harm|abuse|attack|rob|stab|shoot) (?:someone|somebody|anyone|me|people|children"
        r"|you|us)\b|\bsafe (?:to (?:meet|be)|around|with (?:him|her|them))\b",
    ),
    "gender": (
        r"^(?:are (?:they|these|those) )?(?:men|women|boys|girls) or (?:men|women|boys|girls)\b(?! \w+ing)",
        r"\bused? to be (?:a )?(?:man|woman|boy|girl|guy|male|female|he|she|him|her)\b",
        r"\b(?:man|boy|male) n?or (?:as )?(?:a )?(?:woman|girl|female)\b|\b(?:woman|girl|female) n?or (?:as )?(?:a )?(?:man|boy|male)\b"
        r"|\bbirth certificate\b",
        r"\bwhat sex\b|\b(?:his|her|their) (?:\w+ )?sex\b|\b(?:fe)?male or (?:fe)?male\b|\btrans\b",
        r"\b(?:a )?(?:man|boy|guy|dude|male|bloke|lad) or (?:a )?(?:woman|girl|lady|chick|female)\b"
        r"|\b(?:a )?(?:woman|girl|lady|chick|female) or (?:a )?(?:man|boy|guy|dude|male)\b",
        r"\bis (?:it|this|that) (?:an? )?(?:she|he|him|her)(?: or\b|\s*[?.!]*$)",
        r"^(?:an? )?(?:he|she|him|her|boy|girl|male|female) or (?:an? )?(?:he|she|him|her|girl|boy|male|female)\s*[?.!]*$",
        r"\bnon ?- ?binary|\bis (?:this|it|he|she|that) (?:a )?(?:man|woman|boy|girl|male|female"
        r"|guy)\s*[?.!]*$|\b(?:he|she) or (?:a )?(?:she|he)\b|\bborn (?:a )?(?:fe)?male\b"
        r"|\bborn (?:as )?a (?:man|woman|boy|girl)\b|\bbiological(?:ly)? (?:sex|a|(?:fe)?male)\b",
    ),
    "character": (
        r"\bby nature\b|\bwoke\b(?! up)|\b(?:is|be) (?:he|she|they) bad news\b|\bwell off\b|\bat heart\b|\bget(?:s|ting)? (?:on|along) with\b|\b(?:cold|palm|tarot|aura|soul|fortune|mind) ?-? ?read\w*|\bfortunes?\b",
        r"\b(?:does|do|did|would) (?:he|she|they|(?:this|that|the|my) \w+) (?:\w+ )?own\b|\bpro ?-? ?(?:life|choice|gun|war|brexit|trump)\b"
        r"|\b(?:what|where|when) did (?:he|she|they|(?:this|that|the|my) \w+) (?!do|just|say|look|show|feel|mean|react|express|make|pull|move|have|raise|open|close|shut)\w+",
        r"\bwhat (?:does|do|did) (?:he|she|they|this \w+|that \w+|my \w+) do(?: (?:for|of|all|in life|during|as)\b.*)?[ ?.!]*$"
        r"|\bmak\w+ (?:a|his|her|their) (?:living|money|fortune)\b|\b\bthe \w+ (?:type|kind|sort)\b|\bbetween (?:them|those two|these two|the two of them)[ ?.!]*$",
        r"\bwhat(?:'s| is| are|s) (?:he|she|they|this \w+|that \w+|my \w+) (?:really |actually )?like(?: as a \w+)?[ ?.!]*$|\bas a (?:person|friend|boss|lover|husband|wife|human being)\b"
        r"|\bsee(?:ing|s) (?:someone|somebody|anyone|other (?:men|women|people)|another)\b(?! (?:smil|cry|laugh))|\bsle(?:ep|eps|eping|pt) with\b"
        r"|\bcan (?:he|she|they|this \w+) (?:read|write|drive|cook|dance|swim|fight|sing|think|keep|handle|afford|count|be)\b"
        r"|\b(?:he|she|they) (?:still |really )?(?:lives?|lived) |\b(?:left|right) ?-? ?handed\b|\b(?:does|do) (?:he|she|they) like (?:girls|boys|men|women|guys|ladies)\b",
        r"\b(?:have|has|got|want|wants) (?:any |got |a |an |many |more |no )*(?:kids?|children|siblings|wife|husband|girlfriend|boyfriend|degree|gun|knife"
        r"|soul|conscience|brains?|talent|secrets?|enemies|friends|sense of humou?r|job|mortgage|pet|temper)\b(?! (?:with|in|on|near))",
        r"\b(?:prefers?|loves?|love|sleep|sleeps|bed|relationship|affair|marry|married to|attracted to) (?:with )?(?:a |an |another |other )?(?:man|men|woman|women|girls?|boys?|guys?)\b",
        r"\b(?:sharpest|brightest|quickest|smartest) (?:tool|knife|candle|bulb|crayon|pencil|spoon|cookie|star|lamp|penny|button|spark)\b"
        r"|\bbank (?:account|balance)\b|\bnine to five\b|\b(?:good|bad|kind|evil) (?:one|human|soul|character)\b[ ?.!]*$",
        r"\b(?:happy|unhappy|stable|trapped|content) in (?:his|her|their|the) marriage\b|\b(?:unhappily|happily) married\b"
        r"|\bgold ?-? ?digger\b|\b(?:mr|mrs|miss) right\b|\b(?:is|be) (?:he|she|this|that) the one[ ?.!]*$|\ba keeper\b|\b(?:wife|husband|wifey|husband) material\b"
        r"|\b(?:votes|voted|vote for|vote green|vote labour|vote left|vote right)\b|\bin debt\b|\bon (?:the dole|benefits|welfare)\b"
        r"|\b(?:silver spoon|blue ?-? ?collar|white ?-? ?collar|cold fish|control freak|drama queen|black sheep|party animal|night owl|early bird|big spender)\b"
        r"|\b(?:heart of gold|salt of the earth|good egg|piece of work|sharpest tool|sandwich\w* short|cards short|\w+ short of an? \w+|not the brightest)\b"
        r"|\b(?:sugar daddy|sugar baby|trophy wife|mum+y'?s boy|mama'?s boy|daddy'?s girl|cat lady|man ?-? ?child|ladies'? man|love rat)\b",
        r"\b(?:his|her|their|my|our|'s) (?:\w+ )?(?:class|upbringing|lifestyle|marriage|love life|sex life|morals|values|beliefs|faith|politics"
        r"|intentions?|motives?|habits|education|finances|net worth|reputation|destiny|libido|soul|aura|karma|orientation|kinks?|talents?|abilit(?:y|ies)"
        r"|potential|competence|intellect|hobby|hobbies|career|qualifications|mindset|ideology|loyalt(?:y|ies))\b",
        r"\b(?:fancy|fancies|love|loves|likes|miss|misses|hates|dislikes|wants|into|attracted to|in love with|interested in) (?:me|us|him|her|my \w+|men|women|boys|girls|guys|blokes|lads|chicks|ladies|dudes|either sex|both)\b(?! (?:or|to)\b)",
        r"\b(?:is|are) (?:[\w' ]{1,40} )?the (?:boss|leader|manager|owner|breadwinner|alpha|brains)[ ?.!]*$",
        r"\b(?:his|her|their) (?:true )?character\b|\bcharacter traits?|\bpromotion\b|\bsuitable for\b"
        r"|\b(?:kind|sort|type) of (?:person|man|woman|guy|human|girl|boss|friend)\b|\btraits\b",
        r"\b(?:good|bad|great) (?:employee|worker|candidate|leader|parent|mother|father|husband"
        r"|wife|boss|friend|neighbou?r|teacher|student|match|partner|colleague|manager)\b"
        r"|\b(?:the|this|a|his|her|their|what) jobs?\b(?! (?:applicant|candidate|interview|seeker|fair|ad|centre|center))|\bfor a living\b|\bfor work\b|\bworks? as\b",
        r"\b(?:nice|good|bad|kind|evil|decent|mean|caring|generous|selfish|reliable) "
        r"(?:person|human|soul|heart)\b",
        r"\blooks? (?:rich|poor|evil|reliable|wealthy)\b|\bhow (?:rich|smart|clever|wealthy)\b"
        r"|\bhow much .{0,12}?\b(?:does|do) (?:\w+ ){1,3}(?:earn|make)\b|\bsmart cookie\b",
        r"\b(?:left|right) ?-? ?wing(?:er|ers)?\b|\b(?:who|whom|what party) (?:does|do|did|would|will) (?:he|she|they) (?:vote|support)"
        r"|\bvotes? for\b|\b(?:trump|biden|labour|maga) (?:supporter|voter|fan)\b|\bloan\b",
        rf"\b(?:he|she|they|this|{PERSON}) (?:any |really |very |no |be )?(?:good|bad|great|better|best|useless|hopeless) (?:in bed|at|with)\b",
        r"\bpolitically\b|\bleans? (?:to the )?(?:left|right)\b|\bgood catch\b",
        r"\bcredit ?- ?worth|\bcredit score",
        r"\b(?:would|should|could|can|do|shall) (?:you|i|we|u) (?:\w+ )?(?:hire|employ|promote|fire"
        r"|recruit|date|marry|kiss|swipe|lend|befriend|vote|work with|go out with|sack|bang|sleep"
        r" with|live with|leave|let|invest)\b(?: \w+)? (?:him|her|them|the|this|that|right|money|my)\b",
        r"\b(?:would|could) (?:he|she|they) (?:be |make |do )?(?:a )?(?:good|great|bad|suit|fit|babysit"
        r"|steal|betray|lead|succeed|cheat)\b|\bsexual(?:ity| orientation| preference)\b"
        r"|\bfancy (?:men|women|boys|girls|me)\b|\b(?:star sign|big five|myers)\b"
        r"|\b(?:other|same) team\b|\bcut out for\b|\bhow (?:honest|kind|nice) (?:is|are) (?:he|she)",
    ),
}
"""Patterns on the plain form of a question."""
