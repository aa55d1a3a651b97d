"""Reports of results as data, Markdown and one HTML file; all from the same logs."""
