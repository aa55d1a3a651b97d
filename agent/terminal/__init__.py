"""The conversation at a terminal: prompt, slash commands, tables, pictures, saved talks."""
