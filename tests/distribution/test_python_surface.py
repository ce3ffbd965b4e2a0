"""What the Python package shows to somebody who imports it."""

from __future__ import annotations

import builtins
import inspect
import re
from typing import TYPE_CHECKING, Any

import pytest

import pulumi_managed_agents as ma
from pulumi_managed_agents.comparison.change import Change
from pulumi_managed_agents.declaration.marks import IdOf
from pulumi_managed_agents.declaration.python_words import in_python
from pulumi_managed_agents.declaration.shape import objects_below, shape_of
from pulumi_managed_agents.dynamic.found import Found
from pulumi_managed_agents.dynamic.paths import names_any, wire_path
from pulumi_managed_agents.dynamic.words import told
from pulumi_managed_agents.functions.registry import FUNCTIONS
from pulumi_managed_agents.generate.schema import package_schema
from pulumi_managed_agents.resources.registry import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

SHOWN = [getattr(ma, name) for name in ma.__all__ if name != "__version__"]


def test_a_look_at_the_package_shows_what_programs_import_and_nothing_else() -> None:
    shown = [name for name in dir(ma) if not name.startswith("__")]

    assert set(shown) | {"__version__"} == set(ma.__all__)
    assert {*KINDS, "get_agent", "list_models", "AgentReferenceArgs", "GetAgentResult"} <= set(shown)
    assert "__version__" in dir(ma)


def test_docstrings_name_properties_as_python_does() -> None:
    told_names = {name for text in docstrings() for name in re.findall(r"`[^`]*\b([a-z]+[A-Z]\w*)[^`]*`", text)}

    # Settings keep their names in the stack's configuration, and models are no properties.
    assert told_names <= {"githubUrl", "apiKey"}


def docstrings() -> Iterator[str]:
    for item in SHOWN:
        yield inspect.getdoc(item) or ""
        if inspect.isclass(item):
            yield from (inspect.getdoc(member) or "" for member in vars(item).values() if not isinstance(member, str))
            yield inspect.getdoc(item.__init__) or ""


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("`resources[0].mountPath` is taken", "`resources[0].mount_path` is taken"),
        ("set `waitForReady`, not mountPath", "set `wait_for_ready`, not mountPath"),
        ('`metadata["mountPath"]` is yours', '`metadata["mountPath"]` is yours'),
        ("Check `managed-agents:apiKey`.", "Check `managed-agents:apiKey`."),
        ("`getAgent` and `customTimeouts`", "`get_agent` and `custom_timeouts`"),
        ("no `mcpServers[2]` and `some thing", "no `mcp_servers[2]` and `some thing"),
    ],
)
def test_sentences_name_properties_as_python_does(said: str, read: str) -> None:
    assert told(said) == read
    assert in_python(read, {}) == read


AGENT, SESSION = KINDS["Agent"].shape, KINDS["Session"].shape


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("tools[0].default_config.permission_policy", "tools[0].defaultConfig.permissionPolicy"),
        ('tools[*]["default_config"]', 'tools[*]["defaultConfig"]'),
        ("multiagent.subagents.predefined_agents[0].id", "multiagent.subagents.predefinedAgents[0].id"),
        ('metadata["mount_path"]', 'metadata["mount_path"]'),
        ("metadata.mount_path", "metadata.mount_path"),
        ("tools[0].input_schema.default_config", "tools[0].inputSchema.default_config"),
        ("mcpServers[1].url", "mcpServers[1].url"),
        ("*", "*"),
        ("", ""),
        ("no_such_thing.mount_path", "no_such_thing.mount_path"),
    ],
)
def test_paths_are_taken_by_pythons_names_at_any_depth(written: str, sent: str) -> None:
    assert wire_path(AGENT, written) == sent


def test_paths_into_a_union_of_resources_are_taken_too() -> None:
    assert wire_path(SESSION, "resources[3].mount_path") == "resources[3].mountPath"
    assert wire_path(SESSION, "agent.mcp_servers[0].name") == "agent.mcpServers[0].name"


OLD = {"networking": {"allowMcpServers": False}, "packages": {"pip": ["a"]}}
NEW = {"networking": {"allowMcpServers": True}, "packages": {"pip": ["a"]}}


@pytest.mark.parametrize(
    ("pattern", "change", "is_named"),
    [
        ("config", Change(("config", "networking", "allowMcpServers"), "update", 1, 2), True),
        ("config.networking.allowMcpServers", Change(("config",), "update", OLD, NEW), True),
        ("config.packages", Change(("config",), "update", OLD, NEW), False),
        ("config.*.allowMcpServers", Change(("config",), "update", OLD, NEW), True),
        ("config.networking", Change(("config", "packages"), "update", 1, 2), False),
        ("config.networking", Change(("config",), "add", None, NEW), True),
        ("tools[*].name", Change(("tools", 3, "name"), "update", "a", "b"), True),
        ("tools[1].name", Change(("tools", 3, "name"), "update", "a", "b"), False),
        ("tools[1].name", Change(("tools",), "update", [{}, {"name": "a"}], [{}, {"name": "b"}]), True),
        ("tools[0].name", Change(("tools",), "update", [{}, {"name": "a"}], [{}, {"name": "b"}]), False),
        ('metadata["a.b"]', Change(("metadata", "a.b"), "add", None, "x"), True),
        ("*", Change(("name",), "update", "a", "b"), True),
    ],
)
def test_a_path_names_what_has_changed_there(pattern: str, change: Change, *, is_named: bool) -> None:
    assert names_any([pattern], change) is is_named


def test_what_is_found_has_attributes_and_items() -> None:
    version = ma.AgentVersion({"version": 3, "name": "reviewer"})

    assert (version.version, version["version"], version.get("name"), version.description) == (3, 3, "reviewer", None)
    with pytest.raises(AttributeError, match=r"an? AgentVersion has no property 'verzion'"):
        getattr(version, "verzion")  # noqa: B009 - a type checker knows that it is not there


def test_no_property_that_is_found_is_hidden_by_a_method() -> None:
    results = [item for item in SHOWN if inspect.isclass(item) and issubclass(item, Found)]

    assert len(results) > len(FUNCTIONS)
    for result in results:
        assert set(result.__annotations__) & set(dir(builtins.dict)) == set(), result


def test_closed_sets_are_enums_in_the_schema_wherever_they_stand() -> None:
    schema = package_schema()
    enums = {name for name, spec in schema["types"].items() if "enum" in spec}
    session = schema["resources"]["managed-agents:index:Session"]

    assert session["inputProperties"]["onDelete"]["$ref"] == "#/types/managed-agents:index:SessionOnDelete"
    assert enums == {reference.removeprefix("#/types/") for reference in references(schema)} & enums
    given = [prop.shape for function in FUNCTIONS.values() if not function.of for prop in function.outputs]
    taken = [shape_of(function.inputs) for function in FUNCTIONS.values()]
    shapes = [*(kind.shape for kind in KINDS.values()), *given, *taken]
    words = [value for shape in shapes for value in closed_words(shape)]
    assert {*words} == {value["value"] for name in enums for value in schema["types"][name]["enum"]}


def references(spec: Any) -> Iterator[str]:
    if isinstance(spec, dict):
        yield from [spec["$ref"]] if isinstance(spec.get("$ref"), str) else []
        for part in spec.values():
            yield from references(part)
    elif isinstance(spec, list):
        for part in spec:
            yield from references(part)


def closed_words(shape: Any) -> Iterator[str]:
    if len(getattr(shape, "enum", ())) > 1:
        yield from shape.enum
    for part in (*getattr(shape, "variants", {}).values(), getattr(shape, "item", None), getattr(shape, "value", None)):
        if part is not None:
            yield from closed_words(part)
    for prop in getattr(shape, "properties", {}).values():
        if prop.name not in ("platform", "place", "creation_id"):
            yield from closed_words(prop.shape)


def test_what_every_object_has_is_not_optional_in_the_schema() -> None:
    required = {name.rpartition(":")[2]: spec["required"] for name, spec in package_schema()["resources"].items()}

    assert {"name", "version", "createdAt"} <= set(required["Agent"])
    assert {"status", "mountedResources", "usage"} <= set(required["Session"])
    assert {"mimeType", "sizeBytes"} <= set(required["File"])
    assert "title" not in required["Session"]


OF_OTHERS = {
    *("app_id", "installation_id", "client_id", "external_id", "reference_id"),
    *("tool_use_id", "custom_tool_use_id", "session_thread_id", "creation_id"),
}
"""Ids that no resource of ours has."""


def test_every_id_says_of_which_kind_it_is_so_that_a_resource_may_stand_there() -> None:
    found = {prop.name: prop for kind in KINDS.values() for prop in properties(kind.shape) if is_id(prop)}
    unmarked = {name for name, prop in found.items() if not id_mark(prop.shape)}

    assert unmarked <= OF_OTHERS
    assert {id_mark(prop.shape).kind for name, prop in found.items() if name not in unmarked} <= set(KINDS)
    assert len(found) - len(unmarked) >= 7


def properties(shape: Any) -> Iterator[Any]:
    for each in objects_below(shape):
        yield from each.properties.values()


def is_id(prop: Any) -> bool:
    return prop.name.endswith(("_id", "_ids"))


def id_mark(shape: Any) -> Any:
    return shape.mark(IdOf) or getattr(shape, "item", shape).mark(IdOf)
