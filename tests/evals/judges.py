"""Chat models that judge in a fixed way."""

import re

from langchain_core.language_models import GenericFakeChatModel, SimpleChatModel

GRADES = (
    '{"consistency_with_picture": 7, "consistency_with_truth": 8, "completeness": 5, '
    '"focus": 10, "fluency": 9}'
)


class Judge(SimpleChatModel):
    """Prefers the text that stands first, or the one that shares more words with the facts."""

    fair: bool

    @property
    def _llm_type(self):
        return "judge"

    def _call(self, messages, stop=None, run_manager=None, **kwargs):
        asked = messages[0].content
        if not isinstance(asked, str):
            return f"Here you are:\n{GRADES}"
        if not self.fair:
            return "First."
        parts = re.search(r"Facts: (.*?)\n\nFirst: (.*?)\n\nSecond: (.*?)\n", asked, re.DOTALL)
        truth, first, second = ({*re.findall(r"\w+", p.lower())} for p in parts.groups())
        a, b = (len(truth & t) / len(t) for t in (first, second))
        return "first" if a > b else "second" if b > a else "tie"


def fair():
    return Judge(fair=True)


def first_one():
    return Judge(fair=False)


def mumbling():
    return GenericFakeChatModel(messages=iter(["hm"] * 100))
