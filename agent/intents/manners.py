"""Takes the manners off a question: "I'm curious whether", "no wait", "right now", "if possible".

What is left asks for the same thing; the words taken away would only be misread ("curious" is no
emotion of the face, the "right" of "right now" is no side).
"""

import re

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
    r"|\b(?:what|how) do you feel about\b|(?<=who|hat|ere|how|why) (?:on earth|the (?:hell|heck|fuck)"
    r"|in the world|exactly|actually)\b"
    r"|(?<=\w\w), *(?:(?:do|don'?t|wouldn'?t|would) (?:you|u|ya) (?:agree|think|say|see)(?: so)?|agree[d]?"
    r"|what do you (?:think|say|reckon)|am i right|or am i wrong|or what|or nah?|or no(?:t)?|yes or no"
    r"|true or false|innit|isn'?t (?:it|he|she)|aren'?t they|doesn'?t (?:he|she|it))\s*(?=[?.!]*\s*$)"
    r"|\b(?:do|would) you (?:feel|reckon|sense)\b(?: that| like)?",
    re.I,
)
_SIDELESS = re.compile(
    r"\bright (?=now\b|away\b|here\b|there\b|after\b|before\b|then\b)"
    r"|\ball right\b|\bthat'?s right\b|, right\s*\?\s*$|\bleft (?=over\b|alone\b|out\b)",
    re.I,
)


def unwrapped(raw: str) -> str:
    """The question without what is said only to be polite; all of it when nothing is left."""
    bare = _CORRECTED.sub("", raw)
    bare = _SIDELESS.sub(" ", _IDLE.sub(" ", bare))
    bare = re.sub(r"\s+", " ", bare).strip(" ,;:")
    return bare if re.search(r"\w{2}", bare) else raw
