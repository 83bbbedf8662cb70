"""Pages about people: starting, joining, groups."""
