"""Describers: anything that turns (image, face, regions) into region descriptions."""
