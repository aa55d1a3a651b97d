"""Builds a corpus of regions with chat samples from labelled faces."""
