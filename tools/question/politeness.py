"""Takes the manners off a question: "I'm curious whether", "no wait", "right now", "if possible".

What is left asks for the same thing; the words taken away would only be misread ("curious" is no
emotion of the face, the "right" of "right now" is no side).
"""

import re

from focalface.tools.question import vocabulary
from focalface.tools.question.text import Text
from focalface.tools.question.vocabulary import any_of

_CORRECTED = re.compile(
    r"^.*\b(?:i mean|i meant|no,? wait|wait,? no|scratch that|correction)\b[\s,:.]*(?=\w)", re.I
)
_IDLE = re.compile(
    r"\b(?:just |purely )?out of (?:\w+ )?(?:curiosity|interest)\b"
    r"|\bif (?:you (?:don'?t|do not|wouldn'?t) mind|possible|i may(?: ask)?|you (?:can|could|please))"
    r"\b|\bfeel free to\b|\bno worries\b|\bdon'?t worry\b|\bsurprise me\b|\bhappy to help\b"
    r"|\bthanks? (?:you )?(?:so much |very much )?in advance\b|\bsorry(?: to \w+(?: you)?)?\b[,:]?"
    r"|\b(?:would|do) you mind\b|\bto be (?:fair|frank|clear)\b|\bfair to say\b|\bfun fact\b"
    r"|\b(?:i'?m|i am|we are|we're) (?:just |only )?(?:wondering|curious|interested|keen)\b"
    r"|\b(?:quick|serious|silly|stupid|dumb|random|weird|honest|simple) question\b"
    r"|\b(?:i'?m|i am) (?:afraid|sure|not sure|unsure|confused|puzzled|worried|concerned)"
    r"(?: that| if| whether| about)?\b"
    r"|\b(?:i'?d|i would|we'?d|we would) (?:love|like|be \w+|appreciate it)\b(?: if| to)?"
    r"|\bmy (?:friends?|sister|brother|mum|mom|boss|colleague) (?:says?|thinks?|claims?|reckons?)\b"
    r"|\bwhat(?:'?s| is| would be|s) your (?:gut |honest |first |own )?(?:feelings?|impression|sense|opinion|take|hunch|guess|view|instinct)"
    r"\s*(?=[?.!]*$)|\b(?:just |only |purely )?for (?:fun|a laugh|the fun of it)\b|\bhypothetically(?: speaking)?\b,?"
    r"|\bi(?:'ll| will|'d| would) be (?:happy|glad|grateful|thankful|pleased|delighted|satisfied|relieved|content)\b(?: if| with| to)?"
    r"|\b(?:what|how) do you feel about\b|(?<=who|hat|ere|how|why) (?:on earth|the (?:hell|heck|fuck)"
    r"|in the world|exactly|actually)\b"
    r"|(?<=\w\w), *(?:(?:do|don'?t|wouldn'?t|would) (?:you|u|ya) (?:agree|think|say|see)(?: so)?|agree[d]?"
    r"|what do you (?:think|say|reckon)|am i right|or am i wrong|or what|or nah?|or no(?:t)?|yes or no"
    r"|true or false|innit|isn'?t (?:it|he|she)|aren'?t they|doesn'?t (?:he|she|it))\s*(?=[?.!]*\s*$)"
    r"|\b(?:do|would) you (?:feel|reckon|sense)\b(?: that| like)?"
    r"|^in (?:\w+(?:'?s)? )?(?:\w+ )?(?:terms|words|english|language), *(?=\w+ \w)",
    re.I,
)
_SIDELESS = re.compile(
    r"\bright (?=now\b|away\b|here\b|there\b|after\b|before\b|then\b)"
    r"|\ball right\b|\bthat'?s right\b|, right\s*\?\s*$|(?<=[.!?,;] )is (?:it |this |that )?right\s*\?\s*$|(?<=ing) right\s*[?.]*\s*$|(?<=ed) right\s*\?\s*$|\bleft (?=over\b|alone\b|out\b)",
    re.I,
)


_FRANK = re.compile(
    r"^\W*(?:(?:please |now )?(?:be (?:honest|frank|straight with me)|tell (?:me )?the truth|honestly"
    r"|truth be told|i trust you|no lie|no lies|don'?t lie(?: to me)?|seriously)\s*[:;,.!-]+\s*)+(?=\w)",
    re.I,
)
"""Asks the program itself for the truth."""
_CHOSEN = re.compile(
    r"\b(?P<one>\w+) or (?P<other>\w+)\b(?=.*\b(?:only|just) (?:need|want|care about) (?:the )?"
    r"(?P<kept>(?P=one)|(?P=other))\b)",
    re.I,
)
"""Two things offered, of which one is chosen afterwards: "real or sad - I only need sad"."""
_OPEN_ENDED = re.compile(
    r"^ (?:(?:please|and|so|ok|now|then|hey|can|could|would|will|you|i|want|to|like|kindly|just|me|her|his|also|both) )*"
    r"(?:what|how|which|who|whose|where|why|describe|rate|score|grade|quantify|code|show|give|compare"
    r"|list|measure|estimate|analyse|analyze|break|summarise|summarize|count|tell me about|rank"
    r"|intensity of|intensities of|strength of|age|level of|look|examine|assess|comment|explain|next|first|name|identify|state|report|mention) "
)
_WHO_AT_LAST = re.compile(
    r" , (?:who|which|whose|what) (?:\w+ ){1,4}(?:more|most|\w+er|less|least)(?= )"
)
"""What is asked after those who are to be compared: "face 1 or face 4, who smiles more?"."""
_WHETHER = re.compile(r" (?:if|whether) ")
_MOVE = any_of(vocabulary.SMILE, "laugh frown scowl squint pout sneer wink grimace wrinkle")
_OF_MOVE = re.compile(
    rf"^ (?:(?:and|so|but) )?(?:is|be|are|do|does|did) (?:the|that|this|his|her|their|my) (?:\w+ )?{_MOVE} "
    r"(?!there|visible|present|real|show|to be seen|[?.!]|$)"
)
_DENIED = re.compile(r" (?:not|n't|nobody|no one|none|neither|never)(?= )|n't ")


_TAG = re.compile(
    r"(?:[,;] |(?<= )or )(?:is|are|do|does|have|has|was|were|did)(?:n't| not) (?:he|she|it|they|there)(?= (?:[?.!;]|$))"
    r"|(?<= )or not(?= )"
)
"""What makes a question of a statement and denies nothing: "she smiles, doesn't she?"."""


def polar(text: Text) -> bool:
    """Tell whether a question is answered by yes or no: "is she smiling", not "describe the smile".

    "Is the smile crooked" is not answered by yes because there is a smile; "isn't she smiling" is
    answered without yes or no, which would be taken either way.
    """
    base, plain = (_TAG.sub(" ", said) for said in (text.base, f" {text.plain} "))
    if _DENIED.search(base) or _DENIED.search(plain) or _OF_MOVE.search(text.base):
        return False
    asked = [f"{part} " for part in re.split(r" [.!?;](?= )", text.base)]
    if _WHETHER.search(text.base):
        return True
    return not (any(map(_OPEN_ENDED.search, asked)) or _WHO_AT_LAST.search(text.base))


def unwrapped(raw: str) -> str:
    """Return the question without what is said only to be polite; all of it when nothing is left."""
    raw = _OF_THE_SPEAKER.sub("?", raw)
    bare = _CHOSEN.sub(lambda m: m["kept"], _FRANK.sub("", _CORRECTED.sub("", raw)))
    bare = _SIDELESS.sub(" ", _IDLE.sub(" ", bare))
    bare = re.sub(r"\s+", " ", re.sub(r"[\s,;:]+(?=[.?!])", "", bare)).strip(" ,;:")
    return bare if re.search(r"\w{2}", bare) else raw


_OF_THE_SPEAKER = re.compile(r"\?\s+(?:my|i|i'm|i am|we|we're|our)\b[^?]*$", re.I)
"""What a user says of himself after the question: "is he smiling? My eyes are not what they were"."""
_THANKS = re.compile(
    r"^\W*(?:(?:ok|okay|great|cool|many|super|alright|bye|well|so|very|all|right)\b\W*)*"
    r"(?:thanks|thank you|thank u|thx|ty|cheers|bye|goodbye)\b[^?]{0,30}$",
    re.I,
)


def thanks(raw: str) -> bool:
    """Tell whether it only thanks or says goodbye."""
    return bool(_THANKS.match(raw))
