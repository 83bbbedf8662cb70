"""Pages of notes, themes and comments."""
