"""What findings and terms show, keep and tell elsewhere."""

from importlib import import_module

for part in ("on_themes", "around", "holdings", "telling"):
    import_module(f"apps.annotations.contributions.{part}")
