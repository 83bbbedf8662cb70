"""What statements show, keep and tell elsewhere."""

from importlib import import_module

for part in ("answering", "around", "holdings", "telling"):
    import_module(f"apps.statements.contributions.{part}")
