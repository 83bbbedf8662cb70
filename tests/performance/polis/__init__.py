"""The same conversation, analysed by us and by red-dwarf, the Python peer of Polis.

Each in a process of its own, given the same file of votes, so that time and memory are its own.
"""
