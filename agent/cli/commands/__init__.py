"""The commands of the command line, one file a group; heavy imports stay inside the functions."""
