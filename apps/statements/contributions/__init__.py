"""What statements show, keep and tell elsewhere."""

from importlib import import_module

for part in ("answering", "around", "holdings", "proposing", "telling"):
    import_module(f"apps.statements.contributions.{part}")
