"""The operator's manifests, and what they say in plain words."""

from __future__ import annotations

from typing import Any

import yaml
from gitops.repository import EXAMPLE


def manifest(kind: str) -> dict[str, Any]:
    """The operator's manifest of a kind."""
    documents = yaml.safe_load_all((EXAMPLE / "operator" / "stack.yaml").read_text())
    return next(dict(document) for document in documents if document["kind"] == kind)


def literal(spec: dict[str, Any], name: str) -> str:
    """The value of a variable that stands in the manifest."""
    reference = spec["envRefs"][name]
    assert reference["type"] == "Literal"
    return str(reference["literal"]["value"])
