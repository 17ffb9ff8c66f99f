"""The media types of TAXII 2.1 and of what it carries."""

TAXII = "application/taxii+json;version=2.1"
STIX = "application/stix+json;version="


def stix_media_type(spec_version: str) -> str:
    """`2.1` → `application/stix+json;version=2.1`."""
    return STIX + spec_version
