"""What is known of faces: action units, regions, landmarks, topics and their words. Pure."""
