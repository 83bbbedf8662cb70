"""Writing down what was found, in Chromium."""
