"""A room full of people on live pages, and what it costs: `make load`."""
