"""What is held, kept, shown and told of notes, and of thoughts on their way to being one."""

from importlib import import_module

for part in ("holdings", "speaking", "telling", "thoughts"):
    import_module(f"apps.notes.contributions.{part}")
