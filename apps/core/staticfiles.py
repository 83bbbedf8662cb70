"""Static files in production: named by their content, compressed, cached for good."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Also names the modules that JavaScript modules import by their content."""

    support_js_module_import_aggregation = True
