"""What a turn of the user wants, learnt from turns by many authors.

``names`` lists the acts, ``model`` judges a turn, ``train`` learns from ``corpus.jsonl``.
"""

from focalface.agent.understanding.acts.model import Judged, judge
from focalface.agent.understanding.acts.names import ASKS, FOLLOW_UPS, OPENINGS, Act

__all__ = ["ASKS", "FOLLOW_UPS", "OPENINGS", "Act", "Judged", "judge"]
