"""Static files in production: hashed names, compressed once; USWDS refers to source maps that it does not ship."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class PackagedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Leaves a reference to a file that a package does not ship as it stands, instead of failing."""

    manifest_strict = False
