"""Pages of the memo, and of the workshop as a file."""
