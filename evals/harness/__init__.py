"""Runs suites through Inspect, reads their logs back, and compares runs."""
