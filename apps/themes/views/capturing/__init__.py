"""Writing notes down as they are said: the page, and what it sends and fetches."""
