"""From evidence to an answer in sentences, each with the regions it rests on. Pure."""
