"""Metrics as pure functions: truth and prediction in, statistics or numbers out; no I/O."""
