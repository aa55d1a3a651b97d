"""The face network: landmarks and pose, with emotion and age as auxiliary tasks."""
