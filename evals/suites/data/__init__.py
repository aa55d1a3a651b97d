"""Annotations that come with the suites; see README.md."""
