"""Prompts, one Markdown file each, with named slots and a strict loader."""
