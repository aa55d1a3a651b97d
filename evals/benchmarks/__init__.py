"""Measurements that take minutes: printed, published in the cards, never asserted in a test."""
