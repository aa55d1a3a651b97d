"""From a name, box, disc or polygon to a region of one face. Pure."""
