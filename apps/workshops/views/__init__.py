"""Pages of workshops: the list, the overview, the set-up."""
