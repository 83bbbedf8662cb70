"""Pages about the agenda."""
