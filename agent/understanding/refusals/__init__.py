"""Requests that no picture of a face answers honestly, told from ordinary ones by what was learnt."""

from focalface.agent.understanding.refusals.model import refusal

__all__ = ["refusal"]
