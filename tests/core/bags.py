"""Bags of inputs, drawn from a kind's own declaration."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from engine.installation import app_key
from hypothesis import strategies as st
from resources.authorities import authority

from pulumi_managed_agents import plan
from pulumi_managed_agents.declaration.content import Content
from pulumi_managed_agents.declaration.marks import Shorthand
from pulumi_managed_agents.declaration.shape import (
    Json,
    ListOf,
    MapOf,
    Object,
    Scalar,
    Shape,
    Tagged,
    shape_of,
    written,
)
from pulumi_managed_agents.declaration.values import render
from pulumi_managed_agents.platforms.claude import Claude
from pulumi_managed_agents.resources.registry import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hypothesis.strategies import SearchStrategy

    from pulumi_managed_agents.declaration.marks import Files
    from pulumi_managed_agents.declaration.model import Failure
    from pulumi_managed_agents.declaration.values import Bag, Path
    from pulumi_managed_agents.lifecycle.kind import Kind


class Shelf:
    """Files without a disk: each one holds its own name, and each folder is a skill."""

    def content(self, path: str, most: int, including: Sequence[str] | None = None) -> Content:
        del including
        return Content.of(path.encode(errors="surrogatepass")[:most])

    def tree(self, path: str, most: int, including: Sequence[str] = ()) -> dict[str, Content]:
        del including
        text = f"---\nname: a-skill\ndescription: words\n---\n{path}"
        return {"SKILL.md": Content.of(text.encode(errors="surrogatepass")[:most])}


CONTEXT = plan.CheckContext(
    Claude.capabilities, "reviewer", lambda digits: "0123456789abcdef0123456789abcdef"[:digits], files=Shelf()
)

EVERY_KIND = tuple(KINDS.values())

WORDS = st.text("abcdefghijklmnopqrstuvwxyz-_ .\u00e4\u4e2d", min_size=1, max_size=12)
KEYS = st.sampled_from(("camelCase", "snake_case", "type", "mcpServers", "mount_path", "mountPath", "a.b", "$ref!"))
SCALARS = st.none() | st.booleans() | st.integers(-9, 9) | st.sampled_from((0.5, -2.25)) | WORDS
DOCUMENTS: SearchStrategy[Any] = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=6
)
OBJECTS = st.dictionaries(KEYS, DOCUMENTS, max_size=3)

SERVERS = st.sampled_from(("https://mcp.example.com/sse", "https://tokens.example.com/a?b=c"))

SPECIAL: Mapping[str, SearchStrategy[Any]] = {
    "RepositoryMount.url": st.sampled_from([f"https://github.com/org/{name}" for name in ("app", "web", "a.b_c-d")]),
    "RepositoryMount.mountPath": st.sampled_from([f"/workspace/{name}" for name in ("app", "deep/er", "w")]),
    "LimitedNetwork.allowedHosts": st.lists(st.sampled_from(("example.com", "*.example.org")), unique=True, max_size=2),
    "CustomTool.inputSchema": st.builds(lambda words: {"type": "object", "properties": words}, OBJECTS),
    "McpServer.url": SERVERS,
    "StaticBearer.mcpServerUrl": SERVERS,
    "TunnelCertificateInputs.caCertificatePem": st.sampled_from([authority("one"), authority("two")]),
    "McpOAuth.mcpServerUrl": SERVERS,
    "OAuthRefresh.tokenEndpoint": SERVERS,
    "Schedule.expression": st.sampled_from(("0 9 * * 1-5", "*/15 0,12 1 */2 *")),
    "McpServer.name": st.sampled_from(("github", "docs")),
    "McpToolset.mcpServerName": st.sampled_from(("github", "docs")),
    "CredentialHosts.allowedHosts": st.lists(
        st.sampled_from(("example.com", "*.example.org")), unique=True, min_size=1, max_size=2
    ),
    **{f"{kind.inputs.__name__}.source": st.just("prose.md") for kind in EVERY_KIND},
    "InstallationTokenInputs.privateKey": st.deferred(lambda: st.just(app_key())),
    "MemoryInputs.path": st.sampled_from(("/style.md", "/a/b c.md")),
    "Schedule.timezone": st.sampled_from(("UTC", "Europe/Berlin")),
    "ToolConfig.name": st.sampled_from(("bash", "read", "web_fetch")),
}
"""What limits alone do not say about a property, by the model that declares it."""


def inputs_of(kind: Kind, special: Mapping[str, SearchStrategy[Any]] = SPECIAL) -> SearchStrategy[Bag]:
    """Bags that the kind accepts, with any subset of its optional properties, every variant and both forms."""
    return _value(shape_of(kind.inputs), special).map(lambda bag: pruned(kind, bag)).filter(lambda bag: bag is not None)


def checked(
    kind: Kind, bag: Bag, old: Bag | None = None, files: Files | None = None, context: plan.CheckContext = CONTEXT
) -> Bag:
    """The bag as the engine hands it on: checked, and found without fault."""
    inputs, failures = plan.check(kind, old or {}, bag, replace(context, files=files or context.files))
    assert failures == []
    return inputs


def failures_of(kind: Kind, bag: Bag) -> dict[str, str]:
    """What is wrong with a bag: sentences by path."""
    return {render(found.path): found.reason for found in plan.check(kind, {}, bag, CONTEXT)[1]}


def pruned(kind: Kind, bag: Bag) -> Bag | None:
    """The bag without what breaks a rule between properties; None where nothing would be left."""
    while failures := plan.check(kind, {}, bag, CONTEXT)[1]:
        smaller = _without(bag, failures[0])
        if smaller is None or smaller == bag:
            return None
        bag = smaller
    return bag


def _without(bag: Bag, failure: Failure) -> Bag:
    smaller: Bag = _cut(bag, failure.path)
    return smaller


def _cut(value: Any, path: Path) -> Any:
    """The value without the deepest part of the path that is there."""
    head, *rest = path
    if isinstance(value, dict) and head in value:
        inner = _cut(value[head], tuple(rest)) if rest else None
        kept = {key: item for key, item in value.items() if key != head}
        return {**kept, head: inner} if inner not in (None, [], {}) else kept
    if isinstance(value, list) and isinstance(head, int) and head < len(value):
        inner = _cut(value[head], tuple(rest)) if rest else None
        return [*value[:head], *([] if inner is None else [inner]), *value[head + 1 :]]
    return None


def _value(shape: Shape, special: Mapping[str, SearchStrategy[Any]]) -> SearchStrategy[Any]:
    shorthand = shape.mark(Shorthand)
    whole = _whole(shape, special)
    if shorthand and isinstance(shape, Object):
        return whole | _property(shape, shorthand.field, special)
    if shorthand and isinstance(shape, Tagged):
        variant = shape.variants[dict(shorthand.fixed)["type"]]
        return whole | _property(variant, shorthand.field, special)
    return whole


def _whole(shape: Shape, special: Mapping[str, SearchStrategy[Any]]) -> SearchStrategy[Any]:
    match shape:
        case Scalar():
            return _scalar(shape)
        case Json():
            return OBJECTS
        case ListOf():
            limits = shape.limits
            return st.lists(
                _value(shape.item, special),
                min_size=limits.get("minLength", 0),
                max_size=min(limits.get("maxLength", 3), limits.get("minLength", 0) + 2),
                unique_by=repr,
            )
        case MapOf():
            return st.dictionaries(st.text("aZ_.$", min_size=1, max_size=5), _value(shape.value, special), max_size=3)
        case Tagged():
            unique = {id(variant): variant for variant in shape.variants.values()}
            return st.one_of([_object(variant, special) for variant in unique.values()])
        case Object():
            return _object(shape, special)
    raise AssertionError(shape)


def _object(shape: Object, special: Mapping[str, SearchStrategy[Any]]) -> SearchStrategy[Bag]:
    wanted = {prop.wire: prop for prop in written(shape)}
    required = {wire: _property(shape, wire, special) for wire, prop in wanted.items() if prop.required}
    optional = {wire: _property(shape, wire, special) for wire, prop in wanted.items() if not prop.required}
    return st.fixed_dictionaries(required, optional=optional)


def _property(shape: Object, wire: str, special: Mapping[str, SearchStrategy[Any]]) -> SearchStrategy[Any]:
    names = (f"{model.__name__}.{wire}" for model in shape.model.__mro__)
    chosen = next((special[name] for name in names if name in special), None)
    return _value(shape.properties[wire].shape, special) if chosen is None else chosen


def _scalar(shape: Scalar) -> SearchStrategy[Any]:
    limits = shape.limits
    if shape.enum:
        return st.sampled_from(shape.enum)
    if shape.type == "boolean":
        return st.booleans()
    if shape.type == "integer":
        least = limits.get("minimum", limits.get("exclusiveMinimum", -1) + 1)
        return st.integers(least, min(limits.get("maximum", least + 50), least + 50))
    if "pattern" in limits:
        return st.from_regex(limits["pattern"].removesuffix("$") + r"\Z").filter(
            lambda text: limits.get("minLength", 0) <= len(text) <= limits.get("maxLength", 64)
        )
    least = limits.get("minLength", 0)
    return st.text(
        "abcdefghijklmnopqrstuvwxyz-_ .\u00e4\u4e2d",
        min_size=least,
        max_size=min(limits.get("maxLength", least + 12), least + 12),
    )
