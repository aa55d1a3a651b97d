"""Checks answers against what the tools returned. Pure."""
