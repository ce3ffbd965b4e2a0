"""The map of texts that every kind carries: how it is patched, and its limits."""

from collections.abc import Collection, Mapping

Metadata = dict[str, str]
MetadataPatch = dict[str, str | None]

MAX_PAIRS, MAX_KEY, MAX_VALUE = 16, 64, 512


def merged(stored: Metadata, patch: Mapping[str, str | None] | None, *, empty_deletes: bool = False) -> Metadata:
    """Metadata after a patch: a text sets a key, null deletes it, and null for the whole changes nothing."""
    metadata = dict(stored)
    for key, value in (patch or {}).items():
        if value is None or (empty_deletes and not value):
            metadata.pop(key, None)
        else:
            metadata[key] = value
    return metadata


def broken_limit(metadata: Metadata, *, pairs: str, reserved: Collection[str] = ()) -> tuple[str, str] | None:
    """The path and the rule of the first limit that a map breaks; `pairs` is the platform's word for its entries."""
    if len(metadata) > MAX_PAIRS:
        return "metadata", f"at most {MAX_PAIRS} {pairs}"
    for key, value in metadata.items():
        if not 1 <= len(key) <= MAX_KEY:
            return "metadata", f"a key has 1 to {MAX_KEY} characters"
        if len(value) > MAX_VALUE:
            return f"metadata.{key}", f"a value has at most {MAX_VALUE} characters"
        if key in reserved:
            return f"metadata.{key}", "the key is reserved"
    return None
