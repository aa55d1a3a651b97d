"""The embedded weights and their model cards."""
