"""What a turn starts from, which faces and regions it needs, and what to do next. Pure."""
