"""The part network: emotion and age of a region from its own pixels."""
