"""Weights: which there are, whether they are whole, fetching and opening them."""
