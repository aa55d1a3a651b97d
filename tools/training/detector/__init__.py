"""Trains and exports the embedded face detector and its second stage."""
