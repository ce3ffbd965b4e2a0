"""The resource classes and the types of their arguments.

Written from the declarations in `resources/` by `make generate`: edit those.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, Required, TypedDict

import pulumi

from .dynamic import MODULE, KindResource


class EffortArgs(TypedDict, total=False):
    """How hard the model thinks."""

    type: Required[pulumi.Input[Literal["low", "medium", "high", "xhigh", "max"]]]
    """The level."""


class ModelConfigArgs(TypedDict, total=False):
    """A model and how it runs."""

    id: Required[pulumi.Input[str]]
    """The model's id, such as `claude-sonnet-4-6`."""

    effort: pulumi.Input[str | EffortArgs]
    """How hard it thinks (default: the model's own)."""

    speed: pulumi.Input[Literal["standard", "fast"]]
    """`fast` is not offered by every model (default: `standard`)."""

    inference_geo: pulumi.Input[Literal["us", "global"]]
    """Where it runs (default: what the workspace says when it is used)."""


class PermissionPolicyArgs(TypedDict, total=False):
    """Who decides about a call of the tool."""

    type: Required[pulumi.Input[Literal["always_allow", "always_ask", "auto"]]]
    """`always_allow` runs it, `always_ask` asks a person first, `auto` lets the platform judge each call."""


class ToolDefaultsArgs(TypedDict, total=False):
    """What holds for every tool of a toolset that has no entry of its own."""

    enabled: pulumi.Input[bool]
    """Whether the tools can be used (default: true)."""

    permission_policy: pulumi.Input[PermissionPolicyArgs]
    """Who decides about calls."""


class UserLocationArgs(TypedDict, total=False):
    """Roughly where searches are made from."""

    type: Required[Literal["approximate"]]
    """The only precision there is."""

    city: pulumi.Input[str]
    """City."""

    region: pulumi.Input[str]
    """Region or state."""

    country: pulumi.Input[str]
    """Two-letter country code."""

    timezone: pulumi.Input[str]
    """IANA time zone."""


class ToolConfigArgs(TypedDict, total=False):
    """How one built-in tool departs from the toolset's defaults."""

    name: Required[pulumi.Input[Literal["bash", "read", "write", "edit", "glob", "grep", "web_fetch", "web_search"]]]
    """The tool."""

    type: pulumi.Input[str]
    """The same as `name`; may be left out."""

    enabled: pulumi.Input[bool]
    """Whether the tool can be used."""

    permission_policy: pulumi.Input[PermissionPolicyArgs]
    """Who decides about calls."""

    allowed_domains: pulumi.Input[Sequence[pulumi.Input[str]]]
    """`web_search`, `web_fetch`: only these domains."""

    blocked_domains: pulumi.Input[Sequence[pulumi.Input[str]]]
    """`web_search`, `web_fetch`: all but these domains."""

    user_location: pulumi.Input[UserLocationArgs]
    """`web_search`: where searches are made from."""

    max_content_tokens: pulumi.Input[int]
    """`web_fetch`: most tokens taken from a page."""

    url_sources: pulumi.Input[Mapping[str, Any]]
    """`web_fetch`: which addresses the model may open."""


class AgentToolsetArgs(TypedDict, total=False):
    """The platform's own tools: shell, files and the web."""

    type: Required[Literal["agent_toolset_20260401"]]
    """Names this kind of toolset."""

    default_config: pulumi.Input[ToolDefaultsArgs]
    """What holds for tools without an entry (default: all run without asking)."""

    configs: pulumi.Input[Sequence[pulumi.Input[ToolConfigArgs]]]
    """Single tools that differ from the defaults."""


class McpToolConfigArgs(TypedDict, total=False):
    """How one tool of an MCP server departs from the toolset's defaults."""

    name: Required[pulumi.Input[str]]
    """The tool's name on its server."""

    enabled: pulumi.Input[bool]
    """Whether the tool can be used."""

    permission_policy: pulumi.Input[PermissionPolicyArgs]
    """Who decides about calls."""


class McpToolsetArgs(TypedDict, total=False):
    """The tools of one declared MCP server."""

    type: Required[Literal["mcp_toolset"]]
    """Names this kind of toolset."""

    mcp_server_name: Required[pulumi.Input[str]]
    """A name from `mcpServers`."""

    default_config: pulumi.Input[ToolDefaultsArgs]
    """What holds for tools without an entry (default: a person is asked)."""

    configs: pulumi.Input[Sequence[pulumi.Input[McpToolConfigArgs]]]
    """Single tools that differ from the defaults."""


class CustomToolArgs(TypedDict, total=False):
    """A tool that your own application carries out."""

    type: Required[Literal["custom"]]
    """Names this kind of tool."""

    name: Required[pulumi.Input[str]]
    """Unique among the agent's custom tools."""

    description: Required[pulumi.Input[str]]
    """What the tool does, for the model."""

    input_schema: Required[pulumi.Input[Mapping[str, Any]]]
    """JSON Schema of the input; its `type` is `object`."""


class McpServerArgs(TypedDict, total=False):
    """A remote MCP server. Its credentials come from a vault, never from here."""

    type: Required[Literal["url"]]
    """The only kind of server there is."""

    name: Required[pulumi.Input[str]]
    """Unique among the agent's servers."""

    url: Required[pulumi.Input[str]]
    """The server's address."""


class SkillArgs(TypedDict, total=False):
    """A skill by reference."""

    type: Required[pulumi.Input[Literal["anthropic", "custom"]]]
    """The platform's own skill or one of yours."""

    skill_id: Required[pulumi.Input[str]]
    """The skill's id."""

    version: pulumi.Input[str]
    """A version; the latest one when left out."""


class AgentMemberArgs(TypedDict, total=False):
    """Another agent; its version is resolved when this agent is saved."""

    type: Required[Literal["agent"]]
    """An agent by id."""

    id: Required[pulumi.Input[str]]
    """The agent's id."""

    version: pulumi.Input[int]
    """A version; the latest one when left out."""


class SelfMemberArgs(TypedDict, total=False):
    """A copy of this very agent."""

    type: Required[Literal["self"]]
    """This agent itself."""


class AdvisorMemberArgs(TypedDict, total=False):
    """A model that the coordinator may ask for advice."""

    type: Required[Literal["advisor"]]
    """An adviser."""

    model: Required[pulumi.Input[str]]
    """The model that advises, by id."""


class CoordinatorArgs(TypedDict, total=False):
    """One agent that hands work to a roster of others."""

    type: Required[Literal["coordinator"]]
    """Names this form."""

    agents: Required[pulumi.Input[Sequence[pulumi.Input[str | AgentMemberArgs | SelfMemberArgs | AdvisorMemberArgs]]]]
    """The roster: ids, agents with a version, `self`, an `advisor`."""


class AdvisorArgs(TypedDict, total=False):
    """A model that may be asked for advice."""

    type: Required[pulumi.Input[Literal["enabled", "disabled"]]]
    """Disabled by default."""

    model: pulumi.Input[str]
    """The model that advises, by id; needed when enabled."""


class SwitchArgs(TypedDict, total=False):
    """Turns a feature on or off."""

    type: Required[pulumi.Input[Literal["enabled", "disabled"]]]
    """`enabled` or `disabled`."""


class PredefinedArgs(TypedDict, total=False):
    """An agent that stands ready by reference."""

    type: Literal["agent"]
    """An agent by id; may be left out."""

    id: Required[pulumi.Input[str]]
    """The agent's id."""

    version: pulumi.Input[int]
    """A version; the latest one when left out."""


class TeamArgs(TypedDict, total=False):
    """Agents that may be started for part of the work."""

    type: pulumi.Input[Literal["enabled", "disabled"]]
    """Enabled by default."""

    inline_agents: pulumi.Input[SwitchArgs]
    """Agents made up on the way (enabled by default)."""

    predefined_agents: pulumi.Input[Sequence[pulumi.Input[str | PredefinedArgs]]]
    """Agents by reference."""


class Multiagent20261001Args(TypedDict, total=False):
    """Advice, subagents and workflows; what is left out takes the platform's default."""

    type: Required[Literal["multiagent_20261001"]]
    """Names this form."""

    advisor: pulumi.Input[AdvisorArgs]
    """Advice from another model."""

    subagents: pulumi.Input[TeamArgs]
    """Subagents."""

    workflows: pulumi.Input[TeamArgs]
    """Workflows."""


class ServiceAccountArgs(TypedDict, total=False):
    """The platform's own identity."""

    type: Required[Literal["service_account"]]
    """The default."""


class AwsRoleArgs(TypedDict, total=False):
    """An AWS role that the agent takes on."""

    type: Required[Literal["aws_role"]]
    """An AWS role."""

    role_arn: Required[pulumi.Input[str]]
    """The role's ARN."""


class UnrestrictedNetworkArgs(TypedDict, total=False):
    """The container may reach every host."""

    type: Required[Literal["unrestricted"]]
    """No limits."""


class LimitedNetworkArgs(TypedDict, total=False):
    """The container may reach the listed hosts only."""

    type: Required[Literal["limited"]]
    """Only what is listed."""

    allowed_hosts: pulumi.Input[Sequence[pulumi.Input[str]]]
    """Hosts, or `*.` and a domain."""

    allow_mcp_servers: pulumi.Input[bool]
    """Also the agent's MCP servers."""

    allow_package_managers: pulumi.Input[bool]
    """Also package registries."""


class PackagesArgs(TypedDict, total=False):
    """Packages to install, by package manager."""

    type: Literal["packages"]
    """May be left out."""

    apt: pulumi.Input[Sequence[pulumi.Input[str]]]
    """Debian packages."""

    cargo: pulumi.Input[Sequence[pulumi.Input[str]]]
    """Rust crates."""

    gem: pulumi.Input[Sequence[pulumi.Input[str]]]
    """Ruby gems."""

    go: pulumi.Input[Sequence[pulumi.Input[str]]]
    """Go modules."""

    npm: pulumi.Input[Sequence[pulumi.Input[str]]]
    """Node packages."""

    pip: pulumi.Input[Sequence[pulumi.Input[str]]]
    """Python packages."""


class CloudConfigArgs(TypedDict, total=False):
    """A container on the platform."""

    type: Required[Literal["cloud"]]
    """On the platform. A change replaces the resource: an environment cannot move between cloud and self-hosted."""

    networking: pulumi.Input[UnrestrictedNetworkArgs | LimitedNetworkArgs]
    """What the container may reach (default: everything)."""

    packages: pulumi.Input[PackagesArgs]
    """Packages to install (default: none)."""


class SelfHostedConfigArgs(TypedDict, total=False):
    """A container on machines of your own."""

    type: Required[Literal["self_hosted"]]
    """On machines of your own. A change replaces the resource: an environment cannot move between cloud and self-
    hosted.
    """


class BranchCheckoutArgs(TypedDict, total=False):
    """Check out the tip of a branch."""

    type: Required[Literal["branch"]]
    """A branch."""

    name: Required[pulumi.Input[str]]
    """The branch's name."""


class CommitCheckoutArgs(TypedDict, total=False):
    """Check out one commit."""

    type: Required[Literal["commit"]]
    """A commit."""

    sha: Required[pulumi.Input[str]]
    """The commit's SHA, in full."""


class AgentReferenceArgs(TypedDict, total=False):
    """The agent that the session runs: by id, in one version, or with parts of it overridden."""

    type: pulumi.Input[Literal["agent", "agent_with_overrides"]]
    """May be left out: it follows from whether anything is overridden. Updated in place: follows from the other
    properties. Not compared with the platform: the session shows the agent itself.
    """

    id: Required[pulumi.Input[str]]
    """The agent's id."""

    version: pulumi.Input[int]
    """A version; the one that is latest at creation when left out."""

    model: pulumi.Input[str | ModelConfigArgs]
    """Another model; its effort is the model's default."""

    system: pulumi.Input[str]
    """Another system prompt; "" for none."""

    tools: pulumi.Input[Sequence[pulumi.Input[AgentToolsetArgs | McpToolsetArgs | CustomToolArgs]]]
    """Toolsets and custom tools, in any order. Updated in place: replaced on the living session, which has to be
    idle. Removing it replaces the resource: the agent's own tools come back only in a new session.
    """

    mcp_servers: pulumi.Input[Sequence[pulumi.Input[McpServerArgs]]]
    """MCP servers; each has to be used by an `mcp_toolset`. Updated in place: replaced on the living session,
    which has to be idle. Removing it replaces the resource: the agent's own servers come back only in a new
    session.
    """

    skills: pulumi.Input[Sequence[pulumi.Input[SkillArgs]]]
    """Skills by reference; they need the `read` tool."""


class RepositoryEntryArgs(TypedDict, total=False):
    """A repository: what `RepositoryResource.mount` gives."""

    url: Required[pulumi.Input[str]]
    """The repository, as `https://github.com/OWNER/REPOSITORY`. A trailing slash or `.git` is removed. A change
    replaces the resource: a mounted clone cannot be pointed elsewhere.
    """

    mount_path: pulumi.Input[str]
    """Where the clone is (default: a folder named after the repository). A change replaces the resource: a mounted
    clone cannot be moved.
    """

    checkout: pulumi.Input[BranchCheckoutArgs | CommitCheckoutArgs]
    """What to check out (default: the repository's default branch). A change replaces the resource: the clone
    happens once, when the session starts.
    """

    authorization_token: pulumi.Input[str]
    """GitHub token that clones the repository; needed for private ones. A fine-grained token with Contents: Read
    (and write, to push) is best. Secret: sent and never returned; rotated on the running session. Removing it
    replaces the resource: a token cannot be taken back from a running session.
    """

    type: Required[Literal["github_repository"]]
    """A repository."""


class FileEntryArgs(TypedDict, total=False):
    """An uploaded file, as a read-only copy."""

    type: Required[Literal["file"]]
    """A file."""

    file_id: Required[pulumi.Input[str]]
    """The file's id. Not compared with the platform: the session holds a copy under an id of its own."""

    mount_path: pulumi.Input[str]
    """Where the copy is (default: the uploads folder and the file's id). Not compared with the platform: the
    platform roots it under its uploads folder.
    """


class MemoryStoreEntryArgs(TypedDict, total=False):
    """A memory store."""

    type: Required[Literal["memory_store"]]
    """A memory store."""

    memory_store_id: Required[pulumi.Input[str]]
    """The store's id. A change replaces the resource: it is attached when the session is created, and for the
    session's life.
    """

    access: pulumi.Input[Literal["read_write", "read_only"]]
    """What the agent may do (default: `read_write`). A change replaces the resource: it is attached when the
    session is created, and for the session's life.
    """

    instructions: pulumi.Input[str]
    """How to use the store. A change replaces the resource: it is attached when the session is created, and for
    the session's life.
    """


class MoneyArgs(TypedDict, total=False):
    """An amount of money."""

    amount: Required[pulumi.Input[str]]
    """Cents, as a whole number in a string, above 0."""

    currency: Required[Literal["USD"]]
    """The only currency there is."""


class BudgetArgs(TypedDict, total=False):
    """The most that the session may cost."""

    type: Required[Literal["limit"]]
    """A limit."""

    max_list_cost: Required[pulumi.Input[MoneyArgs]]
    """The limit, at list prices."""


class TextBlockArgs(TypedDict, total=False):
    """Text."""

    type: Required[Literal["text"]]
    """Text."""

    text: Required[pulumi.Input[str]]
    """What it says."""


class Base64SourceArgs(TypedDict, total=False):
    """Content in the request itself."""

    type: Required[Literal["base64"]]
    """Base64."""

    media_type: Required[pulumi.Input[str]]
    """MIME type."""

    data: Required[pulumi.Input[str]]
    """The bytes, in base64."""


class UrlSourceArgs(TypedDict, total=False):
    """Content at an address."""

    type: Required[Literal["url"]]
    """By address."""

    url: Required[pulumi.Input[str]]
    """The address."""


class FileSourceArgs(TypedDict, total=False):
    """Content of an uploaded file."""

    type: Required[Literal["file"]]
    """By file id."""

    file_id: Required[pulumi.Input[str]]
    """The file's id."""


class ImageBlockArgs(TypedDict, total=False):
    """A picture."""

    type: Required[Literal["image"]]
    """A picture."""

    source: Required[pulumi.Input[Base64SourceArgs | UrlSourceArgs | FileSourceArgs]]
    """Where it comes from."""


class TextSourceArgs(TypedDict, total=False):
    """Plain text in the request itself."""

    type: Required[Literal["text"]]
    """Plain text."""

    media_type: Required[Literal["text/plain"]]
    """The only type there is."""

    data: Required[pulumi.Input[str]]
    """The text."""


class DocumentBlockArgs(TypedDict, total=False):
    """A document."""

    type: Required[Literal["document"]]
    """A document."""

    source: Required[pulumi.Input[Base64SourceArgs | TextSourceArgs | UrlSourceArgs | FileSourceArgs]]
    """Where it comes from."""

    title: pulumi.Input[str]
    """Its title."""

    context: pulumi.Input[str]
    """What the model should know about it."""


class UserMessageArgs(TypedDict, total=False):
    """Something said to the agent."""

    type: Required[Literal["user.message"]]
    """A message."""

    content: Required[pulumi.Input[Sequence[pulumi.Input[TextBlockArgs | ImageBlockArgs | DocumentBlockArgs]]]]
    """What is said, in blocks."""


class TextRubricArgs(TypedDict, total=False):
    """A rubric written here."""

    type: Required[Literal["text"]]
    """Text."""

    content: Required[pulumi.Input[str]]
    """The rubric, plain or Markdown."""


class FileRubricArgs(TypedDict, total=False):
    """A rubric in an uploaded file."""

    type: Required[Literal["file"]]
    """By file id."""

    file_id: Required[pulumi.Input[str]]
    """The file's id."""


class UserDefineOutcomeArgs(TypedDict, total=False):
    """Something to work toward, with the measure it is judged by."""

    type: Required[Literal["user.define_outcome"]]
    """An outcome."""

    description: Required[pulumi.Input[str]]
    """What the agent should produce."""

    rubric: Required[pulumi.Input[TextRubricArgs | FileRubricArgs]]
    """How the outcome is graded."""

    max_iterations: pulumi.Input[int]
    """Rounds of grading and revision (platform default: 3)."""


class AgentSnapshot(TypedDict, total=False):
    """The agent as the session keeps it."""

    id: Required[str]
    """The agent's id."""

    version: Required[int]
    """The version that was latest, or asked for, when the session was created."""

    name: str
    """The agent's name then."""


class MountedResource(TypedDict, total=False):
    """Something mounted into the session."""

    id: str
    """Its id on the session; a memory store has none."""

    type: Required[str]
    """`github_repository`, `file` or `memory_store`."""

    url: str
    """The repository's address."""

    mount_path: str
    """Where it is."""

    file_id: str
    """The file's id, as declared."""

    memory_store_id: str
    """The memory store's id."""

    declared_path: str
    """A file's path as declared, where the platform put it elsewhere."""

    updated_at: str
    """When its token was last rotated, or it was mounted (RFC 3339)."""


class SessionError(TypedDict, total=False):
    """What last went wrong in the session."""

    type: Required[str]
    """The platform's word, such as `repository_authentication_error`."""

    message: Required[str]
    """The platform's sentence."""

    repository_url: str
    """The repository it is about."""

    occurred_at: str
    """When (RFC 3339)."""


class Agent(KindResource, module=MODULE, name="Agent"):
    """A versioned definition of a coding agent: its model, system prompt, tools, MCP servers and skills. Nothing
    about an agent needs a new one: each change makes a new version in place. Sessions keep the version they
    were created with. Removing the resource archives the agent; its history stays readable.
    """

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        model: pulumi.Input[str | ModelConfigArgs],
        name: pulumi.Input[str] | None = None,
        description: pulumi.Input[str] | None = None,
        system: pulumi.Input[str] | None = None,
        tools: pulumi.Input[Sequence[pulumi.Input[AgentToolsetArgs | McpToolsetArgs | CustomToolArgs]]] | None = None,
        mcp_servers: pulumi.Input[Sequence[pulumi.Input[McpServerArgs]]] | None = None,
        skills: pulumi.Input[Sequence[pulumi.Input[SkillArgs]]] | None = None,
        multiagent: pulumi.Input[CoordinatorArgs | Multiagent20261001Args] | None = None,
        metadata: pulumi.Input[Mapping[str, pulumi.Input[str]]] | None = None,
        execution_identity: pulumi.Input[ServiceAccountArgs | AwsRoleArgs] | None = None,
    ) -> None:
        """Declares the resource.

        Args:
            resource_name: The resource's name in the program.
            opts: Pulumi's options for it.
            model: The model: its id, or an object with id, effort, speed and place.
            name: Shown to people (default: the resource's name).
            description: What the agent is for.
            system: The system prompt.
            tools: Toolsets and custom tools, in any order.
            mcp_servers: MCP servers; each has to be used by an `mcp_toolset`.
            skills: Skills by reference; they need the `read` tool.
            multiagent: How the agent works with other agents.
            metadata: Labels of your own. A key that you remove is removed on the platform; keys that others set
                are left alone.
            execution_identity: Whose rights the agent's sessions use (default: the service account).
        """
        super().__init__(
            resource_name,
            {
                "model": model,
                "name": name,
                "description": description,
                "system": system,
                "tools": tools,
                "mcp_servers": mcp_servers,
                "skills": skills,
                "multiagent": multiagent,
                "metadata": metadata,
                "execution_identity": execution_identity,
            },
            opts,
        )

    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str], opts: pulumi.ResourceOptions | None = None
    ) -> Agent:
        """Looks an existing Agent up by its id; it is read, and never changed or removed."""
        found: Agent = cls._existing(resource_name, id, opts)
        return found

    @property
    def name(self) -> pulumi.Output[str | None]:
        """Shown to people (default: the resource's name)."""
        output: pulumi.Output[str | None] = self._output("name")
        return output

    @property
    def model(self) -> pulumi.Output[str | Mapping[str, Any]]:
        """The model: its id, or an object with id, effort, speed and place."""
        output: pulumi.Output[str | Mapping[str, Any]] = self._output("model")
        return output

    @property
    def description(self) -> pulumi.Output[str | None]:
        """What the agent is for."""
        output: pulumi.Output[str | None] = self._output("description")
        return output

    @property
    def system(self) -> pulumi.Output[str | None]:
        """The system prompt."""
        output: pulumi.Output[str | None] = self._output("system")
        return output

    @property
    def tools(self) -> pulumi.Output[Sequence[Mapping[str, Any]] | None]:
        """Toolsets and custom tools, in any order."""
        output: pulumi.Output[Sequence[Mapping[str, Any]] | None] = self._output("tools")
        return output

    @property
    def mcp_servers(self) -> pulumi.Output[Sequence[Mapping[str, Any]] | None]:
        """MCP servers; each has to be used by an `mcp_toolset`."""
        output: pulumi.Output[Sequence[Mapping[str, Any]] | None] = self._output("mcpServers")
        return output

    @property
    def skills(self) -> pulumi.Output[Sequence[Mapping[str, Any]] | None]:
        """Skills by reference; they need the `read` tool."""
        output: pulumi.Output[Sequence[Mapping[str, Any]] | None] = self._output("skills")
        return output

    @property
    def multiagent(self) -> pulumi.Output[Mapping[str, Any] | None]:
        """How the agent works with other agents."""
        output: pulumi.Output[Mapping[str, Any] | None] = self._output("multiagent")
        return output

    @property
    def metadata(self) -> pulumi.Output[Mapping[str, str] | None]:
        """Labels of your own. A key that you remove is removed on the platform; keys that others set are left
        alone.
        """
        output: pulumi.Output[Mapping[str, str] | None] = self._output("metadata")
        return output

    @property
    def execution_identity(self) -> pulumi.Output[Mapping[str, Any] | None]:
        """Whose rights the agent's sessions use (default: the service account)."""
        output: pulumi.Output[Mapping[str, Any] | None] = self._output("executionIdentity")
        return output

    @property
    def version(self) -> pulumi.Output[int]:
        """Counts the agent's changes, from 1."""
        output: pulumi.Output[int] = self._output("version")
        return output

    @property
    def created_at(self) -> pulumi.Output[str]:
        """When it was created (RFC 3339)."""
        output: pulumi.Output[str] = self._output("createdAt")
        return output

    @property
    def updated_at(self) -> pulumi.Output[str]:
        """When its version was made (RFC 3339)."""
        output: pulumi.Output[str] = self._output("updatedAt")
        return output


class Environment(KindResource, module=MODULE, name="Environment"):
    """The container that sessions run in: networking and packages. Changes are made in place and reach sessions
    that are created afterwards; only a change between `cloud` and `self_hosted` needs a new environment.
    Removing it deletes the environment, or archives it while sessions still refer to it.
    """

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        name: pulumi.Input[str] | None = None,
        description: pulumi.Input[str] | None = None,
        config: pulumi.Input[CloudConfigArgs | SelfHostedConfigArgs] | None = None,
        metadata: pulumi.Input[Mapping[str, pulumi.Input[str]]] | None = None,
        scope: pulumi.Input[Literal["organization", "account"]] | None = None,
    ) -> None:
        """Declares the resource.

        Args:
            resource_name: The resource's name in the program.
            opts: Pulumi's options for it.
            name: Shown to people (default: the resource's name and 7 random digits).
            description: What the environment is for.
            config: Where it runs, what it may reach and what is installed (default: an open cloud container).
            metadata: Labels of your own. A key that you remove is removed on the platform; keys that others set
                are left alone.
            scope: Who sees it; organizations on the API have `organization` only.
        """
        super().__init__(
            resource_name,
            {
                "name": name,
                "description": description,
                "config": config,
                "metadata": metadata,
                "scope": scope,
            },
            opts,
        )

    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str], opts: pulumi.ResourceOptions | None = None
    ) -> Environment:
        """Looks an existing Environment up by its id; it is read, and never changed or removed."""
        found: Environment = cls._existing(resource_name, id, opts)
        return found

    @property
    def name(self) -> pulumi.Output[str | None]:
        """Shown to people (default: the resource's name and 7 random digits)."""
        output: pulumi.Output[str | None] = self._output("name")
        return output

    @property
    def description(self) -> pulumi.Output[str | None]:
        """What the environment is for."""
        output: pulumi.Output[str | None] = self._output("description")
        return output

    @property
    def config(self) -> pulumi.Output[Mapping[str, Any] | None]:
        """Where it runs, what it may reach and what is installed (default: an open cloud container)."""
        output: pulumi.Output[Mapping[str, Any] | None] = self._output("config")
        return output

    @property
    def metadata(self) -> pulumi.Output[Mapping[str, str] | None]:
        """Labels of your own. A key that you remove is removed on the platform; keys that others set are left
        alone.
        """
        output: pulumi.Output[Mapping[str, str] | None] = self._output("metadata")
        return output

    @property
    def scope(self) -> pulumi.Output[str | None]:
        """Who sees it; organizations on the API have `organization` only."""
        output: pulumi.Output[str | None] = self._output("scope")
        return output

    @property
    def created_at(self) -> pulumi.Output[str]:
        """When it was created (RFC 3339)."""
        output: pulumi.Output[str] = self._output("createdAt")
        return output

    @property
    def updated_at(self) -> pulumi.Output[str]:
        """When it was last changed (RFC 3339)."""
        output: pulumi.Output[str] = self._output("updatedAt")
        return output


class RepositoryResource(KindResource, module=MODULE, name="RepositoryResource"):
    """A GitHub repository to mount into sessions, which take it in `resources`. Its address, path and checkout are
    fixed once a session runs: changing one replaces this resource and every session that mounts it. Its token
    is rotated in place, on the running sessions. With `sessionId` it looks after the mount of a session that
    something else created; removing it leaves that mount where it is.
    """

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        url: pulumi.Input[str],
        mount_path: pulumi.Input[str] | None = None,
        checkout: pulumi.Input[BranchCheckoutArgs | CommitCheckoutArgs] | None = None,
        authorization_token: pulumi.Input[str] | None = None,
        session_id: pulumi.Input[str] | None = None,
    ) -> None:
        """Declares the resource.

        Args:
            resource_name: The resource's name in the program.
            opts: Pulumi's options for it.
            url: The repository, as `https://github.com/OWNER/REPOSITORY`. A trailing slash or `.git` is
                removed. A change replaces the resource: a mounted clone cannot be pointed elsewhere.
            mount_path: Where the clone is (default: a folder named after the repository). A change replaces the
                resource: a mounted clone cannot be moved.
            checkout: What to check out (default: the repository's default branch). A change replaces the
                resource: the clone happens once, when the session starts.
            authorization_token: GitHub token that clones the repository; needed for private ones. A fine-
                grained token with Contents: Read (and write, to push) is best. Secret: sent and never returned;
                rotated on the running session. Removing it replaces the resource: a token cannot be taken back
                from a running session.
            session_id: Bound mode: the session, created elsewhere, whose mount of this repository is looked
                after. A change replaces the resource: a mount belongs to one session for life.
        """
        super().__init__(
            resource_name,
            {
                "url": url,
                "mount_path": mount_path,
                "checkout": checkout,
                "authorization_token": authorization_token,
                "session_id": session_id,
            },
            opts,
        )

    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str], opts: pulumi.ResourceOptions | None = None
    ) -> RepositoryResource:
        """Looks an existing RepositoryResource up by its id; it is read, and never changed or removed."""
        found: RepositoryResource = cls._existing(resource_name, id, opts)
        return found

    @property
    def url(self) -> pulumi.Output[str]:
        """The repository, as `https://github.com/OWNER/REPOSITORY`. A trailing slash or `.git` is removed."""
        output: pulumi.Output[str] = self._output("url")
        return output

    @property
    def mount_path(self) -> pulumi.Output[str | None]:
        """Where the clone is (default: a folder named after the repository)."""
        output: pulumi.Output[str | None] = self._output("mountPath")
        return output

    @property
    def checkout(self) -> pulumi.Output[Mapping[str, Any] | None]:
        """What to check out (default: the repository's default branch)."""
        output: pulumi.Output[Mapping[str, Any] | None] = self._output("checkout")
        return output

    @property
    def authorization_token(self) -> pulumi.Output[str | None]:
        """GitHub token that clones the repository; needed for private ones. A fine-grained token with Contents:
        Read (and write, to push) is best.
        """
        output: pulumi.Output[str | None] = self._output("authorizationToken")
        return output

    @property
    def session_id(self) -> pulumi.Output[str | None]:
        """Bound mode: the session, created elsewhere, whose mount of this repository is looked after."""
        output: pulumi.Output[str | None] = self._output("sessionId")
        return output

    @property
    def resource_id(self) -> pulumi.Output[str | None]:
        """Bound mode: the id of the mount on its session."""
        output: pulumi.Output[str | None] = self._output("resourceId")
        return output

    @property
    def created_at(self) -> pulumi.Output[str | None]:
        """Bound mode: when it was mounted (RFC 3339)."""
        output: pulumi.Output[str | None] = self._output("createdAt")
        return output

    @property
    def updated_at(self) -> pulumi.Output[str | None]:
        """Bound mode: when its token was last rotated (RFC 3339)."""
        output: pulumi.Output[str | None] = self._output("updatedAt")
        return output

    @property
    def mount(self) -> RepositoryEntryArgs:
        """What `Session.resources` takes; known in every preview."""
        value: RepositoryEntryArgs = self._derived("mount")
        return value


class Session(KindResource, module=MODULE, name="Session"):
    """An agent at work in an environment, on mounted repositories, files and memory stores. A rotated repository
    token, files, title, metadata, budget and tool overrides change on the living session; everything else needs
    a new session, which is created before the old one is archived.
    """

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        agent: pulumi.Input[str | AgentReferenceArgs],
        environment_id: pulumi.Input[str],
        title: pulumi.Input[str] | None = None,
        metadata: pulumi.Input[Mapping[str, pulumi.Input[str]]] | None = None,
        resources: pulumi.Input[Sequence[pulumi.Input[RepositoryEntryArgs | FileEntryArgs | MemoryStoreEntryArgs] | RepositoryResource]] | None = None,
        vault_ids: pulumi.Input[Sequence[pulumi.Input[str]]] | None = None,
        budget: pulumi.Input[BudgetArgs] | None = None,
        initial_events: pulumi.Input[Sequence[pulumi.Input[UserMessageArgs | UserDefineOutcomeArgs]]] | None = None,
        on_delete: pulumi.Input[Literal["archive", "delete"]] | None = None,
        interrupt_on_delete: pulumi.Input[bool] | None = None,
        delete_timeout_seconds: pulumi.Input[int] | None = None,
        wait_for_ready: pulumi.Input[bool] | None = None,
        ready_timeout_seconds: pulumi.Input[int] | None = None,
    ) -> None:
        """Declares the resource.

        Args:
            resource_name: The resource's name in the program.
            opts: Pulumi's options for it.
            agent: The agent: its id, or an object with id, version and overrides. A change replaces the
                resource: a session keeps the agent that it was created with.
            environment_id: The environment's id. A change replaces the resource: a session cannot move to
                another container.
            title: Shown to people.
            metadata: Labels of your own. A key that you remove is removed on the platform; keys that others set
                are left alone.
            resources: What is mounted: repositories, files and memory stores, in any order.
            vault_ids: Vaults with the agent's credentials; the first that has one for a server wins. A change
                replaces the resource: the platform fixes a session's vaults at creation.
            budget: The most that the session may cost. It can be raised, and lowered to what is spent; once
                removed it cannot come back. Adding it later replaces the resource: a budget can only be set
                when a session is created.
            initial_events: What the session starts with: messages, and at most one outcome. The session runs at
                once. A change replaces the resource: they start the session and are sent once. Not compared
                with the platform: they are not read back.
            on_delete: What removing the resource does: `archive` (the default) keeps the transcript. Not sent
                to the platform: read when the session is removed.
            interrupt_on_delete: Interrupt a running session to remove it, instead of waiting for it (default:
                false). Not sent to the platform: read when the session is removed.
            delete_timeout_seconds: How long a removal waits for a running session to become idle. Not sent to
                the platform: read when the session is removed.
            wait_for_ready: Wait until the session is idle and has cloned its repositories (default: false). Not
                sent to the platform: read when the session is created or a token rotated.
            ready_timeout_seconds: How long `waitForReady` waits. Not sent to the platform: read when the
                session is created or a token rotated.
        """
        super().__init__(
            resource_name,
            {
                "agent": agent,
                "environment_id": environment_id,
                "title": title,
                "metadata": metadata,
                "resources": resources,
                "vault_ids": vault_ids,
                "budget": budget,
                "initial_events": initial_events,
                "on_delete": on_delete,
                "interrupt_on_delete": interrupt_on_delete,
                "delete_timeout_seconds": delete_timeout_seconds,
                "wait_for_ready": wait_for_ready,
                "ready_timeout_seconds": ready_timeout_seconds,
            },
            opts,
        )

    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str], opts: pulumi.ResourceOptions | None = None
    ) -> Session:
        """Looks an existing Session up by its id; it is read, and never changed or removed."""
        found: Session = cls._existing(resource_name, id, opts)
        return found

    @property
    def agent(self) -> pulumi.Output[str | Mapping[str, Any]]:
        """The agent: its id, or an object with id, version and overrides."""
        output: pulumi.Output[str | Mapping[str, Any]] = self._output("agent")
        return output

    @property
    def environment_id(self) -> pulumi.Output[str]:
        """The environment's id."""
        output: pulumi.Output[str] = self._output("environmentId")
        return output

    @property
    def title(self) -> pulumi.Output[str | None]:
        """Shown to people."""
        output: pulumi.Output[str | None] = self._output("title")
        return output

    @property
    def metadata(self) -> pulumi.Output[Mapping[str, str] | None]:
        """Labels of your own. A key that you remove is removed on the platform; keys that others set are left
        alone.
        """
        output: pulumi.Output[Mapping[str, str] | None] = self._output("metadata")
        return output

    @property
    def resources(self) -> pulumi.Output[Sequence[Mapping[str, Any]] | None]:
        """What is mounted: repositories, files and memory stores, in any order."""
        output: pulumi.Output[Sequence[Mapping[str, Any]] | None] = self._output("resources")
        return output

    @property
    def vault_ids(self) -> pulumi.Output[Sequence[str] | None]:
        """Vaults with the agent's credentials; the first that has one for a server wins."""
        output: pulumi.Output[Sequence[str] | None] = self._output("vaultIds")
        return output

    @property
    def budget(self) -> pulumi.Output[Mapping[str, Any] | None]:
        """The most that the session may cost. It can be raised, and lowered to what is spent; once removed it
        cannot come back.
        """
        output: pulumi.Output[Mapping[str, Any] | None] = self._output("budget")
        return output

    @property
    def initial_events(self) -> pulumi.Output[Sequence[Mapping[str, Any]] | None]:
        """What the session starts with: messages, and at most one outcome. The session runs at once."""
        output: pulumi.Output[Sequence[Mapping[str, Any]] | None] = self._output("initialEvents")
        return output

    @property
    def on_delete(self) -> pulumi.Output[str | None]:
        """What removing the resource does: `archive` (the default) keeps the transcript."""
        output: pulumi.Output[str | None] = self._output("onDelete")
        return output

    @property
    def interrupt_on_delete(self) -> pulumi.Output[bool | None]:
        """Interrupt a running session to remove it, instead of waiting for it (default: false)."""
        output: pulumi.Output[bool | None] = self._output("interruptOnDelete")
        return output

    @property
    def delete_timeout_seconds(self) -> pulumi.Output[int | None]:
        """How long a removal waits for a running session to become idle."""
        output: pulumi.Output[int | None] = self._output("deleteTimeoutSeconds")
        return output

    @property
    def wait_for_ready(self) -> pulumi.Output[bool | None]:
        """Wait until the session is idle and has cloned its repositories (default: false)."""
        output: pulumi.Output[bool | None] = self._output("waitForReady")
        return output

    @property
    def ready_timeout_seconds(self) -> pulumi.Output[int | None]:
        """How long `waitForReady` waits."""
        output: pulumi.Output[int | None] = self._output("readyTimeoutSeconds")
        return output

    @property
    def status(self) -> pulumi.Output[str]:
        """`idle`, `running`, `rescheduling` or `terminated`, when last read."""
        output: pulumi.Output[str] = self._output("status")
        return output

    @property
    def resolved_agent(self) -> pulumi.Output[AgentSnapshot]:
        """The agent in the version that the session keeps."""
        output: pulumi.Output[AgentSnapshot] = self._output("resolvedAgent")
        return output

    @property
    def mounted_resources(self) -> pulumi.Output[Sequence[MountedResource]]:
        """What is mounted, with ids and paths."""
        output: pulumi.Output[Sequence[MountedResource]] = self._output("mountedResources")
        return output

    @property
    def last_error(self) -> pulumi.Output[SessionError | None]:
        """An error that still holds, such as a failed clone; read by `pulumi refresh`."""
        output: pulumi.Output[SessionError | None] = self._output("lastError")
        return output

    @property
    def usage(self) -> pulumi.Output[Mapping[str, Any] | None]:
        """Tokens and cost, when last read."""
        output: pulumi.Output[Mapping[str, Any] | None] = self._output("usage")
        return output

    @property
    def stats(self) -> pulumi.Output[Mapping[str, Any] | None]:
        """Time spent, when last read."""
        output: pulumi.Output[Mapping[str, Any] | None] = self._output("stats")
        return output

    @property
    def deployment_id(self) -> pulumi.Output[str | None]:
        """The deployment that started it."""
        output: pulumi.Output[str | None] = self._output("deploymentId")
        return output

    @property
    def created_at(self) -> pulumi.Output[str]:
        """When it was created (RFC 3339)."""
        output: pulumi.Output[str] = self._output("createdAt")
        return output

    @property
    def updated_at(self) -> pulumi.Output[str]:
        """When it was last changed (RFC 3339)."""
        output: pulumi.Output[str] = self._output("updatedAt")
        return output


__all__ = [
    "AdvisorArgs",
    "AdvisorMemberArgs",
    "Agent",
    "AgentMemberArgs",
    "AgentReferenceArgs",
    "AgentSnapshot",
    "AgentToolsetArgs",
    "AwsRoleArgs",
    "Base64SourceArgs",
    "BranchCheckoutArgs",
    "BudgetArgs",
    "CloudConfigArgs",
    "CommitCheckoutArgs",
    "CoordinatorArgs",
    "CustomToolArgs",
    "DocumentBlockArgs",
    "EffortArgs",
    "Environment",
    "FileEntryArgs",
    "FileRubricArgs",
    "FileSourceArgs",
    "ImageBlockArgs",
    "LimitedNetworkArgs",
    "McpServerArgs",
    "McpToolConfigArgs",
    "McpToolsetArgs",
    "MemoryStoreEntryArgs",
    "ModelConfigArgs",
    "MoneyArgs",
    "MountedResource",
    "Multiagent20261001Args",
    "PackagesArgs",
    "PermissionPolicyArgs",
    "PredefinedArgs",
    "RepositoryEntryArgs",
    "RepositoryResource",
    "SelfHostedConfigArgs",
    "SelfMemberArgs",
    "ServiceAccountArgs",
    "Session",
    "SessionError",
    "SkillArgs",
    "SwitchArgs",
    "TeamArgs",
    "TextBlockArgs",
    "TextRubricArgs",
    "TextSourceArgs",
    "ToolConfigArgs",
    "ToolDefaultsArgs",
    "UnrestrictedNetworkArgs",
    "UrlSourceArgs",
    "UserDefineOutcomeArgs",
    "UserLocationArgs",
    "UserMessageArgs",
]
