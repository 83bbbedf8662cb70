"""A whole workshop in one JSON file: reading it into the database."""

from apps.memos.bundle.loading import load_bundle
from apps.memos.bundle.reading import BundleInvalid

__all__ = ["BundleInvalid", "load_bundle"]
