"""Prompts, one Markdown file each, with named slots and a strict loader."""

from focalface.prompts.loader import Prompt, load

__all__ = ["Prompt", "load"]
