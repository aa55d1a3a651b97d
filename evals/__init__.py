"""Scripted eval suites on Inspect, one file a suite."""
