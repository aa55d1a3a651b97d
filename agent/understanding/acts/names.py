"""The acts that a turn can be, and the plain question that an act which opens a talk stands for."""

from typing import Literal, get_args

FollowUp = Literal[
    "why", "against", "doubt", "convince", "sure", "disagree", "else", "bet", "show", "repeat", "undo",
    "shorter", "longer", "word", "codes", "plain", "numbers", "of_ten", "table", "meaning", "muscle",
    "strongest", "which_more", "which_less", "both", "other_one", "agree", "overall", "how_much", "real",
    "everyone", "exceptions", "who", "how_many", "compare", "next", "previous", "rest", "changed",
    "first_photo", "photo_before", "neighbour", "rank", "shared", "percents", "why_not", "rest_seen",
    "cause", "suppose", "combine", "part_table", "which_surer", "which_is_which",
]  # fmt: skip
"""Acts that lean on the answer before; ``real`` and ``percents`` may open a talk as well."""
Opening = Literal[
    "expression", "describe", "smile", "age", "happy", "sad", "angry", "afraid", "surprised", "disgusted",
    "calm", "scornful", "tense", "pain", "tired", "eyes_open", "gaze", "mouth_open", "teeth", "tongue",
    "glasses", "beard", "hat", "mask", "hidden", "pose", "uneven", "count_faces", "real", "group", "percents",
]  # fmt: skip
"""Acts that may open a talk."""
Other = Literal["own", "beyond", "refuse", "chat", "nonsense"]
"""``own``: a question that names a movement, a part or a number itself; the rest asks for nothing
that a face shows."""
Act = FollowUp | Opening | Other

ACTS: tuple[Act, ...] = tuple(
    dict.fromkeys((*get_args(FollowUp), *get_args(Opening), *get_args(Other)))
)
FOLLOW_UPS = frozenset(get_args(FollowUp))
OPENINGS = frozenset(get_args(Opening)) - {"describe"}
"""Acts that ask for something in particular."""

ASKS: dict[Act, str] = {
    "expression": "what does the expression suggest?",
    "describe": "describe the face",
    "smile": "is there a smile?",
    "real": "is the smile genuine?",
    "age": "how old does the face look?",
    "happy": "does it look happy?",
    "sad": "does it look sad?",
    "angry": "does it look angry?",
    "afraid": "does it look afraid?",
    "surprised": "does it look surprised?",
    "disgusted": "does it look disgusted?",
    "calm": "does it look neutral?",
    "scornful": "does it look contemptuous?",
    "tense": "is there tension in the face?",
    "pain": "are there signs of pain?",
    "tired": "does the face look tired?",
    "eyes_open": "are the eyes open?",
    "gaze": "where do the eyes look?",
    "mouth_open": "is the mouth open?",
    "teeth": "do the teeth show?",
    "tongue": "is the tongue out?",
    "glasses": "are there glasses?",
    "beard": "is there a beard?",
    "hat": "is there a hat?",
    "mask": "is there a mask?",
    "hidden": "what is hidden?",
    "pose": "how is the head held?",
    "uneven": "is the face symmetric?",
    "count_faces": "how many faces are there?",
    "group": "how does everyone feel?",
    "percents": "what are all emotions in percent?",
}
"""The same in words that are read by rule."""
