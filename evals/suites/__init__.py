"""The suites, one file each, with their data beside them."""
