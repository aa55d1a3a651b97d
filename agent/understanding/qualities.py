"""What people call a face that is none of the seven emotions: bored, confident, confused.

No reading tells them. Each goes with some of the emotions that are read, so that "is she bored?"
gets an answer that says how far: our own table, after how the words are used.
"""

import re

from focalface.tools.types import Emotion

_ROWS: tuple[tuple[str, str, tuple[Emotion, ...]], ...] = (
    ("boredom", "bored boring uninterested indifferent apathetic unimpressed", ("neutral", "sadness")),
    ("confidence", "confident assured", ("happiness", "neutral")),
    ("confusion", "confused puzzled perplexed baffled", ("surprise", "fear", "anger")),
    ("interest", "curious interested intrigued attentive engaged", ("surprise", "happiness", "neutral")),
    ("shyness", "shy timid bashful", ("fear", "happiness")),
    ("pride", "proud prouder proudest smug", ("happiness", "contempt")),
    ("embarrassment", "embarrassed ashamed awkward", ("fear", "sadness")),
    ("doubt", "sceptical skeptical doubtful suspicious unconvinced", ("anger", "disgust", "contempt")),
    ("concentration", "thoughtful focused concentrating concentrated pensive", ("neutral", "anger")),
    ("sulking", "sulking sulky sulks petulant moody", ("anger", "sadness")),
    ("crying", "", ("sadness",)),
    ("seriousness", "serious solemn stern", ("neutral", "anger", "sadness")),
    ("friendliness", "friendly friendlier friendliest kindly welcoming approachable warm", ("happiness",)),
    ("impatience", "impatient jealous moodier moodiest", ("anger",)),
)  # fmt: skip
QUALITIES: dict[str, str] = {word: noun for noun, words, _ in _ROWS for word in words.split()}
"""Word -> the quality that it names."""
_OF_US = re.compile(r"\b(?:are you|you are|you're|i am|i'm|how confident)\b", re.I)


def named(text: str) -> str:
    """Return the quality that a text asks about of somebody, "" for none."""
    if _OF_US.search(text):
        return ""
    return next((QUALITIES[w] for w in re.findall(r"[a-z]+", text.lower()) if w in QUALITIES), "")


GOES_WITH: dict[str, tuple[Emotion, ...]] = {noun: emotions for noun, _, emotions in _ROWS}
"""Quality -> the emotions that a face which is called so may suggest."""
