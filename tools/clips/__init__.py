"""Moving pictures: frames with their times, faces that keep their numbers, units over time."""
