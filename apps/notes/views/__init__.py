"""Pages about notes."""
