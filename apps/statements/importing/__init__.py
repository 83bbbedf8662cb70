"""Reading a conversation that Polis exported."""

from apps.statements.importing.polis import Comment, Conversation, read_archive, read_files

__all__ = ["Comment", "Conversation", "read_archive", "read_files"]
