"""Many pictures and films: what goes in, what comes out, going on after a stop, several workers."""
