"""What kind of request a question is: a description, a summary, a count, help, none of ours."""

import re

from focalface.agent.basics.answer import IntentKind
from focalface.agent.understanding.intent import Intent
from focalface.tools.question import out_of_scope
from focalface.tools.question.comparisons import Comparison
from focalface.tools.question.text import Text

_WHERE = re.compile(r" where | which (?:region|part|area|place)s? ")
UNITS_WORD = re.compile(
    r" (?:action units?|aus?|facs (?:codes?|coding|units?|inventory|list|analysis|report)|facs code|unit|coding) "
)
_COUNT = re.compile(
    r" how many (?:\w+ )?(?:face|people|person|man|men|woman|women|human|head|guy|girl|boy"
    r"|of them)s? | how many (?:are |can you |do you |[?.]|$)| number of (?:face|people|person)| count (?:the )?(?:face|people)"
    r"| (?:is|are) there (?:a |any |only |just |more than |at least |exactly )*(?:face|people|person|one)| list (?:the |all )?face"
)
_FAR_OFF = re.compile(
    r" (?:background|camera|lens|weather|poem|joke|recipe|python|capital|dog|cat|translate) "
    r"| \d+ (?:times|plus|minus|x|\*|\+) \d+ "
)
"""What has nothing to do with a face."""
_SUMMARY = re.compile(
    r" (?:describe|summari[sz]e|summary|sum(?: it| this| that| them| everything)?(?: all)? up|overview|report|analy[sz]e|analysis|everything|overall"
    r"|inspect"
    r"|examine|assess|read|face|tl ; dr|tl;dr|gist|rundown|breakdown|profile|tell me more"
    r"|more detail|details|unusual|notable|stands? out"
    r"|go on) "
    r"| what (?:do|can|could) you (?:see|notice|tell|say|read)| going on | happening "
    r"| what 's up "
    r"| what is (?:there )?to see | how do(?:es)? (?:he|she|they|it|this \w+|the \w+) look "
    r"| look at "
    r"| tell me about | what is (?:in|on) (?:this|the) (?:picture|photo|image)"
    r"| what is (?:he|she|it|this \w+) doing | anything | muscle "
    r"| (?:strongest|biggest|main|clearest|most \w+) (?:\w+ )?(?:movement|action|feature|sign|activity) "
    r"| (?:coder|coding|annotator) | (?:walk|talk|run|guide|take|lead) (?:me|us) through "
)
_DESCRIBE = re.compile(
    r" (?:describe|summari[sz]e|summary|overview|report|analy[sz]e|analysis|inspect|examine|tl ; dr"
    r"|gist|rundown|breakdown|look at|tell me about|details|(?:walk|talk|run|guide|take|lead) (?:me|us) through) "
)
_OPEN = re.compile(r"^ (?:what|how|tell|show|give|which|please|can you tell|let) ")
_SOMEBODY = re.compile(
    r" (?:he|she|they|him|her|his|their|them|man|woman|person|guy|girl|boy|face|somebody|i notice"
    r"|i look|i see) "
)
_HELP = re.compile(
    r"^ (?:please )?(?:help|hi|hello|hey|hallo|good (?:morning|evening|day)|thank|thanks"
    r"|thank you|thx|cheers|bye|ok|okay|cool|great)\b"
    r"|what (?:can|can't|cannot|do|could) (?:you|i|this) (?:do|ask|know|offer)|what are you"
    r"|who are you|what (?:can't|cannot|can not|can n't|do not|don't|could not) you"
    r"|how (?:do|does|can|should) (?:i|you|this|it) (?:use|work)"
    r"|what (?:questions|commands|else can)|instructions|how to use|toolbox"
    r"|(?:what|which) (?:(?:kind|sort|type)s? of )?(?:question|region|part|area|thing)s? (?:can|may|could|should|might) (?:i|we|you)\b"
)


def kind_of(intent: Intent, base: str, text: Text, comparison: Comparison | None) -> IntentKind:
    """Return the kind of ``intent``; ``base`` is the question less what chose faces."""
    asked = bool(intent.attributes)
    beyond = {*intent.beyond} if not intent.named else out_of_scope.NOT_OF_A_PART & {*intent.beyond}
    if _COUNT.search(text.base) and not asked and not intent.named:
        return "faces"
    far_off = not intent.named and _FAR_OFF.search(out_of_scope.stripped(text.base))
    if not asked and (beyond or far_off):
        return "outside"
    if comparison:
        return "compare"
    if asked:
        return "locate" if _WHERE.search(base) and not intent.named else "recognise"
    if UNITS_WORD.search(text.base):
        return "recognise"
    if intent.named and intent.named != ("face",):
        return "describe"
    if _HELP.search(text.base):
        return "help"
    open_question = _OPEN.search(text.base) and _SOMEBODY.search(text.base)
    summary = intent.named or intent.faces or _SUMMARY.search(text.base) or open_question
    return "summary" if summary else "outside"


def describes(base: str) -> bool:
    """Tell whether a question asks for a description in so many words."""
    return bool(_DESCRIBE.search(base))
