"""The resource classes and the types of their arguments.

Written from the declarations in `resources/` by `make generate`: edit those.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any, Literal, Required, TypedDict

import pulumi

from ..declaration.tokens import DYNAMIC_MODULE
from .found import Found
from .functions import invoke, invoke_output
from .resource import KindResource


class EffortArgs(TypedDict, total=False):
    """How hard the model thinks."""

    type: Required[pulumi.Input[Literal["low", "medium", "high", "xhigh", "max"]]]
    """The level."""


class ModelConfigArgs(TypedDict, total=False):
    """A model and how it runs."""

    id: Required[pulumi.Input[str]]
    """The model's id, such as `claude-sonnet-4-6`."""

    effort: pulumi.Input[str | EffortArgs]
    """How hard it thinks (default: the model's own; once set, it stays until another one is)."""

    context_window: pulumi.Input[int]
    """Tokens of context (default: the model's own). Only on Qoder Cloud Agents."""

    speed: pulumi.Input[Literal["standard", "fast"]]
    """`fast` is not offered by every model (default: `standard`). Only on Claude Managed Agents. `fast` not on
    Claude Platform on AWS.
    """

    inference_geo: pulumi.Input[str]
    """Where it runs, such as `us` or `global` (default: what the workspace says when it is used). Only on Claude
    Managed Agents.
    """


class PermissionPolicyArgs(TypedDict, total=False):
    """Who decides about a call of the tool."""

    type: Required[pulumi.Input[Literal["always_allow", "always_ask", "auto", "always_deny"]]]
    """`always_allow` runs it, `always_ask` asks a person first, `auto` lets the platform judge each call,
    `always_deny` refuses it. `auto` only on Claude Managed Agents. `always_deny` only on Qoder Cloud Agents.
    """


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

    name: Required[pulumi.Input[Literal["bash", "read", "write", "edit", "glob", "grep", "web_fetch", "web_search", "image_gen", "image_search", "deliver_artifacts"]]]
    """The tool. `image_gen`, `image_search`, `deliver_artifacts` only on Qoder Cloud Agents."""

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

    url_sources: pulumi.Input[Mapping[str, Any] | str]
    """`web_fetch`: which addresses the model may open."""


class AgentToolsetArgs(TypedDict, total=False):
    """The platform's own tools: shell, files and the web."""

    type: Required[Literal["agent_toolset_20260401"]]
    """Names this kind of toolset."""

    default_config: pulumi.Input[ToolDefaultsArgs]
    """What holds for tools without an entry (default: all run without asking)."""

    configs: pulumi.Input[Sequence[pulumi.Input[ToolConfigArgs]]]
    """Single tools that differ from the defaults."""

    enabled_tools: pulumi.Input[Sequence[pulumi.Input[Literal["bash", "read", "write", "edit", "glob", "grep", "web_fetch", "web_search", "image_gen", "image_search", "deliver_artifacts"]]]]
    """Only these tools (default: all). Only on Qoder Cloud Agents."""

    disallowed_tools: pulumi.Input[Sequence[pulumi.Input[Literal["bash", "read", "write", "edit", "glob", "grep", "web_fetch", "web_search", "image_gen", "image_search", "deliver_artifacts"]]]]
    """All but these tools. Only on Qoder Cloud Agents."""


class BrowserToolsetArgs(TypedDict, total=False):
    """A browser."""

    type: Required[Literal["browser_toolset_20260714"]]
    """Names this kind of toolset; a beta of the platform. `browser_toolset_20260714` only on Qoder Cloud Agents."""


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
    """A name from `mcp_servers`."""

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

    input_schema: Required[pulumi.Input[Mapping[str, Any] | str]]
    """JSON Schema of the input; its `type` is `object`. It may be given as JSON text, in which whole numbers from
    2^53 on keep their digits.
    """


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

    type: Required[pulumi.Input[Literal["anthropic", "qoder", "custom"]]]
    """The platform's own skill or one of yours. `anthropic` only on Claude Managed Agents. `qoder` only on Qoder
    Cloud Agents.
    """

    skill_id: Required[pulumi.Input[str | Skill]]
    """The skill's id."""

    version: pulumi.Input[str]
    """A version; the latest one when left out."""


class AgentMemberArgs(TypedDict, total=False):
    """Another agent; its version is resolved when this agent is saved."""

    type: Required[Literal["agent"]]
    """An agent by id."""

    id: Required[pulumi.Input[str | Agent]]
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

    agents: Required[pulumi.Input[Sequence[pulumi.Input[str | AgentMemberArgs | SelfMemberArgs | AdvisorMemberArgs | Agent]]]]
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
    """An agent that stands ready by reference, or a copy of this very agent."""

    type: pulumi.Input[Literal["agent", "self"]]
    """An agent by id (may be left out), or this agent itself."""

    id: pulumi.Input[str | Agent]
    """The agent's id; none for `self`."""

    version: pulumi.Input[int]
    """A version; the latest one when left out."""


class TeamArgs(TypedDict, total=False):
    """Agents that may be started for part of the work."""

    type: pulumi.Input[Literal["enabled", "disabled"]]
    """Enabled by default."""

    inline_agents: pulumi.Input[SwitchArgs]
    """Agents made up on the way (enabled by default)."""

    predefined_agents: pulumi.Input[Sequence[pulumi.Input[str | PredefinedArgs | Agent]]]
    """Agents by reference, and `self`."""


class Multiagent20261001Args(TypedDict, total=False):
    """Advice, subagents and workflows; what is left out takes the platform's default."""

    type: Required[Literal["multiagent_20261001"]]
    """Names this form. `multiagent_20261001` only on Claude Managed Agents."""

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
    """Every host."""

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
    """Rust crates. Only on Claude Managed Agents."""

    gem: pulumi.Input[Sequence[pulumi.Input[str]]]
    """Ruby gems. Only on Claude Managed Agents."""

    go: pulumi.Input[Sequence[pulumi.Input[str]]]
    """Go modules. Only on Claude Managed Agents."""

    npm: pulumi.Input[Sequence[pulumi.Input[str]]]
    """Node packages."""

    pip: pulumi.Input[Sequence[pulumi.Input[str]]]
    """Python packages."""


class CloudConfigArgs(TypedDict, total=False):
    """A container on the platform."""

    type: Required[Literal["cloud"]]
    """On the platform. A change replaces the resource: an environment cannot move between cloud and self-hosted.
    `cloud` not on self-hosted Claude Managed Agents.
    """

    networking: pulumi.Input[UnrestrictedNetworkArgs | LimitedNetworkArgs]
    """What the container may reach (default: everything; on Qoder the platform's own, `limited`)."""

    packages: pulumi.Input[PackagesArgs]
    """Packages to install (default: none)."""

    setup_script: pulumi.Input[str]
    """A bash script that prepares the container, after the packages. Only on Qoder Cloud Agents."""


class SelfHostedConfigArgs(TypedDict, total=False):
    """A container on machines of your own."""

    type: Required[Literal["self_hosted"]]
    """On machines of your own. A change replaces the resource: an environment cannot move between cloud and self-
    hosted.
    """

    setup_script: pulumi.Input[str]
    """A bash script that prepares the container, after the packages. Only on Qoder Cloud Agents."""


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

    id: Required[pulumi.Input[str | Agent]]
    """The agent's id."""

    version: pulumi.Input[int]
    """A version; the one that is latest at creation when left out."""

    model: pulumi.Input[str | ModelConfigArgs]
    """Another model; its effort is the model's default. Only on Claude Managed Agents."""

    system: pulumi.Input[str]
    """Another system prompt; "" for none. Only on Claude Managed Agents."""

    tools: pulumi.Input[Sequence[pulumi.Input[AgentToolsetArgs | BrowserToolsetArgs | McpToolsetArgs | CustomToolArgs]]]
    """Toolsets and custom tools, in any order. Only on Claude Managed Agents. Updated in place: replaced on the
    living session, which has to be idle. Removing it replaces the resource: the agent's own tools come back
    only in a new session.
    """

    mcp_servers: pulumi.Input[Sequence[pulumi.Input[McpServerArgs]]]
    """MCP servers; each has to be used by an `mcp_toolset`. Only on Claude Managed Agents. Updated in place:
    replaced on the living session, which has to be idle. Removing it replaces the resource: the agent's own
    servers come back only in a new session.
    """

    skills: pulumi.Input[Sequence[pulumi.Input[SkillArgs | Skill]]]
    """Skills by reference; they need the `read` tool. Only on Claude Managed Agents."""


class RepositoryEntryArgs(TypedDict, total=False):
    """A repository: what `RepositoryResource.mount` gives."""

    url: Required[pulumi.Input[str]]
    """The repository, as `https://github.com/OWNER/REPOSITORY`. A trailing slash or `.git` is removed. A change
    replaces the resource: a mounted clone cannot be pointed elsewhere.
    """

    mount_path: pulumi.Input[str | os.PathLike[str]]
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
    replaces the resource: a token cannot be taken back from a running session. On Qoder Cloud Agents: Required:
    nothing is cloned without a token there, even for a public repository.
    """

    type: Required[Literal["github_repository"]]
    """A repository. Probably `github_repository` not on self-hosted Claude Managed Agents."""


class GitRepositoryEntryArgs(TypedDict, total=False):
    """A repository on any git server."""

    type: Required[Literal["git_repository"]]
    """A repository on any git server. `git_repository` only on Qoder Cloud Agents."""

    url: Required[pulumi.Input[str]]
    """The address, with the user name in it: `https://USER@HOST/PATH`. A change replaces the resource: a mounted
    clone cannot be pointed elsewhere.
    """

    mount_path: pulumi.Input[str | os.PathLike[str]]
    """Where the clone is (default: a folder named after the repository). A change replaces the resource: a mounted
    clone cannot be moved.
    """

    checkout: pulumi.Input[BranchCheckoutArgs | CommitCheckoutArgs]
    """What to check out (default: the repository's default branch). A change replaces the resource: the clone
    happens once, when the session starts.
    """

    password: pulumi.Input[str]
    """Password or token that clones the repository. Secret: sent and never returned; rotated on the running
    session. Removing it replaces the resource: a password cannot be taken back from a running session.
    """


class FileEntryArgs(TypedDict, total=False):
    """An uploaded file, as a read-only copy."""

    type: Required[Literal["file"]]
    """A file. `file` not on self-hosted Claude Managed Agents."""

    file_id: Required[pulumi.Input[str | File]]
    """The file's id. Not compared with the platform: the session holds a copy under an id of its own."""

    mount_path: pulumi.Input[str | os.PathLike[str]]
    """Where the copy is (default: the uploads folder and the file's id). Not compared with the platform: the
    platform roots it under its uploads folder.
    """


class MemoryStoreEntryArgs(TypedDict, total=False):
    """A memory store."""

    type: Required[Literal["memory_store"]]
    """A memory store."""

    memory_store_id: Required[pulumi.Input[str | MemoryStore]]
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

    max_list_cost: pulumi.Input[MoneyArgs]
    """The limit, at list prices. Only on Claude Managed Agents. On Claude Managed Agents: Required."""

    max_credit_cost: pulumi.Input[str]
    """The limit in credits, above 0, as a decimal in a string: `12.50`. Only on Qoder Cloud Agents. On Qoder Cloud
    Agents: Required.
    """


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
    """By file id. `file` not on self-hosted Claude Managed Agents."""

    file_id: Required[pulumi.Input[str | File]]
    """The file's id."""


class ImageBlockArgs(TypedDict, total=False):
    """A picture."""

    type: Required[Literal["image"]]
    """A picture."""

    source: Required[pulumi.Input[Base64SourceArgs | UrlSourceArgs | FileSourceArgs | File]]
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

    source: Required[pulumi.Input[Base64SourceArgs | TextSourceArgs | UrlSourceArgs | FileSourceArgs | File]]
    """Where it comes from."""

    title: pulumi.Input[str]
    """Its title."""

    context: pulumi.Input[str]
    """What the model should know about it."""


class RedactedBlockArgs(TypedDict, total=False):
    """Stands where the platform withholds what was said."""

    type: Required[Literal["redacted"]]
    """Withheld; what was said there is not known any more."""


class UserMessageArgs(TypedDict, total=False):
    """Something said to the agent."""

    type: Required[Literal["user.message"]]
    """A message."""

    content: Required[pulumi.Input[Sequence[pulumi.Input[TextBlockArgs | ImageBlockArgs | DocumentBlockArgs | RedactedBlockArgs]]]]
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
    """By file id. `file` not on self-hosted Claude Managed Agents."""

    file_id: Required[pulumi.Input[str | File]]
    """The file's id."""


class UserDefineOutcomeArgs(TypedDict, total=False):
    """Something to work toward, with the measure it is judged by."""

    type: Required[Literal["user.define_outcome"]]
    """An outcome."""

    description: Required[pulumi.Input[str]]
    """What the agent should produce."""

    rubric: Required[pulumi.Input[TextRubricArgs | FileRubricArgs | File]]
    """How the outcome is graded."""

    max_iterations: pulumi.Input[int]
    """Rounds of grading and revision (platform default: 3)."""


class AgentSnapshot(Found):
    """The agent as the session keeps it."""

    id: str
    """The agent's id."""

    version: int
    """The version that was latest, or asked for, when the session was created."""

    name: str | None
    """The agent's name then."""


class MountedResource(Found):
    """Something mounted into the session."""

    id: str | None
    """Its id on the session; a memory store has none."""

    type: str
    """`github_repository`, `file` or `memory_store`."""

    url: str | None
    """The repository's address."""

    mount_path: str | None
    """Where it is."""

    file_id: str | None
    """The file's id, as declared."""

    memory_store_id: str | None
    """The memory store's id."""

    declared_path: str | None
    """A file's path as declared, where the platform put it elsewhere."""

    updated_at: str | None
    """When its token was last rotated, or it was mounted (RFC 3339)."""


class SessionError(Found):
    """What last went wrong in the session."""

    type: str
    """The platform's word, such as `repository_authentication_error`."""

    message: str
    """The platform's sentence."""

    repository_url: str | None
    """The repository it is about."""

    occurred_at: str | None
    """When (RFC 3339)."""


class StopReason(Found):
    """Why a session came to rest, and what it waits for."""

    type: str
    """`end_turn`, `requires_action`, `budget_reached`, `retries_exhausted`, `refusal` or another word."""

    event_ids: Sequence[str] | None
    """The events that it waits for an answer to (`requires_action`)."""


class OutcomeEvaluation(Found):
    """How far something is that is to be reached."""

    outcome_id: str
    """The outcome."""

    description: str
    """What is to be reached."""

    result: str
    """`pending`, `running`, `evaluating`, `satisfied`, `failed` or another word of the platform."""

    iteration: int
    """The round, from 0."""

    explanation: str | None
    """Why it was judged so last."""

    completed_at: str | None
    """When it was settled (RFC 3339)."""


class BudgetUsage(Found):
    """What a session has cost of its budget: at list prices, or in credits."""

    spent: str
    """What it has cost so far, in the budget's unit."""

    limit: str
    """The most that it may cost."""

    unit: str
    """`USD cents` or `credits`."""

    reached: bool
    """Whether that is used up."""


class UserInterruptArgs(TypedDict, total=False):
    """Ends what the agent is doing."""

    type: Required[Literal["user.interrupt"]]
    """An interrupt."""

    session_thread_id: pulumi.Input[str]
    """The thread to interrupt (default: all of them). Probably not on Claude Platform on AWS."""


class UserToolConfirmationArgs(TypedDict, total=False):
    """Lets a tool run that asked, or not."""

    type: Required[Literal["user.tool_confirmation"]]
    """An answer to a tool that asks."""

    tool_use_id: Required[pulumi.Input[str]]
    """The event in which the tool asked."""

    result: Required[pulumi.Input[Literal["allow", "deny"]]]
    """Whether it may run."""

    deny_message: pulumi.Input[str]
    """Why not, for the agent."""


class CitationsArgs(TypedDict, total=False):
    """Whether something may be cited."""

    enabled: Required[pulumi.Input[bool]]
    """Whether it may."""


class SearchResultBlockArgs(TypedDict, total=False):
    """What a search found, to be cited."""

    type: Required[Literal["search_result"]]
    """A result of a search. `search_result` only on Claude Managed Agents."""

    source: Required[pulumi.Input[str]]
    """Its address."""

    title: Required[pulumi.Input[str]]
    """Its title."""

    content: Required[pulumi.Input[Sequence[pulumi.Input[TextBlockArgs]]]]
    """What it says, in blocks."""

    citations: Required[pulumi.Input[CitationsArgs]]
    """Whether the agent may cite it."""


class UserCustomToolResultArgs(TypedDict, total=False):
    """What a tool of your own found."""

    type: Required[Literal["user.custom_tool_result"]]
    """The result of a custom tool."""

    custom_tool_use_id: Required[pulumi.Input[str]]
    """The event in which the agent used the tool."""

    content: pulumi.Input[Sequence[pulumi.Input[TextBlockArgs | ImageBlockArgs | DocumentBlockArgs | SearchResultBlockArgs]]]
    """The result, in blocks."""

    is_error: pulumi.Input[bool]
    """Whether the tool failed."""


class UserToolResultArgs(TypedDict, total=False):
    """What one of the platform's own tools found, where a machine of yours ran it."""

    type: Required[Literal["user.tool_result"]]
    """The result of a built-in tool; for sessions in a `self_hosted` environment only. `user.tool_result` only on
    Claude Managed Agents.
    """

    tool_use_id: Required[pulumi.Input[str]]
    """The event in which the agent used the tool."""

    content: pulumi.Input[Sequence[pulumi.Input[TextBlockArgs | ImageBlockArgs | DocumentBlockArgs | SearchResultBlockArgs]]]
    """The result, in blocks."""

    is_error: pulumi.Input[bool]
    """Whether the tool failed."""


class SystemMessageArgs(TypedDict, total=False):
    """Something that the agent is told beyond its system prompt, for this turn and all that follow."""

    type: Required[Literal["system.message"]]
    """A system message; the last of its events."""

    content: Required[pulumi.Input[Sequence[pulumi.Input[TextBlockArgs]]]]
    """What it says, in blocks."""


class DeploymentAgentArgs(TypedDict, total=False):
    """The agent that is run."""

    type: Literal["agent"]
    """May be left out."""

    id: Required[pulumi.Input[str | Agent]]
    """The agent's id."""

    version: pulumi.Input[int]
    """A version to stay with. Left out, the latest when the deployment is saved: it follows a change of the agent
    in the same `pulumi up`; one made elsewhere, after `pulumi refresh` has seen it.
    """


class ScheduleArgs(TypedDict, total=False):
    """When the deployment runs by itself."""

    type: Required[Literal["cron"]]
    """The only kind there is."""

    expression: Required[pulumi.Input[str]]
    """Minute, hour, day of month, month, day of week, in cron's form."""

    timezone: Required[pulumi.Input[str]]
    """IANA time zone, such as `Europe/Berlin`."""


class PausedReason(Found):
    """Why the deployment rests."""

    type: str
    """`manual`, or `error` when the platform paused it."""

    error_type: str | None
    """The platform's word for what went wrong."""


class NoClientSecretArgs(TypedDict, total=False):
    """The client has no secret."""

    type: Required[Literal["none"]]
    """A public client. A change replaces the resource: what a credential is for is fixed."""


class BasicClientSecretArgs(TypedDict, total=False):
    """The client's secret goes into a header."""

    type: Required[Literal["client_secret_basic"]]
    """In the `Authorization` header. A change replaces the resource: what a credential is for is fixed."""

    client_secret: Required[pulumi.Input[str]]
    """The secret. Secret: sent and never returned; rotated in place, for running sessions too."""


class PostClientSecretArgs(TypedDict, total=False):
    """The client's secret goes into the form."""

    type: Required[Literal["client_secret_post"]]
    """In the request's form. A change replaces the resource: what a credential is for is fixed."""

    client_secret: Required[pulumi.Input[str]]
    """The secret. Secret: sent and never returned; rotated in place, for running sessions too."""


class OAuthRefreshArgs(TypedDict, total=False):
    """How the platform gets a new access token by itself."""

    token_endpoint: Required[pulumi.Input[str]]
    """Where tokens are refreshed. A change replaces the resource: what a credential is for is fixed."""

    client_id: Required[pulumi.Input[str]]
    """The client's id. A change replaces the resource: what a credential is for is fixed."""

    refresh_token: Required[pulumi.Input[str]]
    """The refresh token. Secret: sent and never returned; rotated in place, for running sessions too."""

    token_endpoint_auth: Required[pulumi.Input[NoClientSecretArgs | BasicClientSecretArgs | PostClientSecretArgs]]
    """How the client proves who it is."""

    scope: pulumi.Input[str]
    """The scope asked for."""

    resource: pulumi.Input[str]
    """The resource asked for. A change replaces the resource: what a credential is for is fixed."""


class McpOAuthArgs(TypedDict, total=False):
    """An OAuth access token for an MCP server, refreshed by the platform where it is told how."""

    type: Required[Literal["mcp_oauth"]]
    """OAuth for an MCP server. A change replaces the resource: what a credential is for is fixed. `mcp_oauth` not
    on self-hosted Claude Managed Agents.
    """

    mcp_server_url: Required[pulumi.Input[str]]
    """The MCP server's address, as agents declare it. A change replaces the resource: what a credential is for is
    fixed.
    """

    access_token: Required[pulumi.Input[str]]
    """The access token. Secret: sent and never returned; rotated in place, for running sessions too."""

    expires_at: pulumi.Input[str]
    """When the access token expires (RFC 3339); state the new one whenever you change the token. Not compared with
    the platform: it moves whenever the platform refreshes the token.
    """

    refresh: pulumi.Input[OAuthRefreshArgs]
    """How the platform refreshes the token; without it, you rotate it. Adding or removing it replaces the
    resource: the platform sets refreshing up only when the credential is created.
    """


class StaticBearerArgs(TypedDict, total=False):
    """A bearer token for an MCP server."""

    type: Required[Literal["static_bearer"]]
    """A bearer token. A change replaces the resource: what a credential is for is fixed."""

    mcp_server_url: Required[pulumi.Input[str]]
    """The MCP server's address, as agents declare it. A change replaces the resource: what a credential is for is
    fixed.
    """

    token: Required[pulumi.Input[str]]
    """The token. Secret: sent and never returned; rotated in place, for running sessions too."""


class CredentialHostsArgs(TypedDict, total=False):
    """Only the listed hosts."""

    type: Required[Literal["limited"]]
    """Only what is listed."""

    allowed_hosts: Required[pulumi.Input[Sequence[pulumi.Input[str]]]]
    """Hosts that the secret may be sent to."""


class InjectionLocationArgs(TypedDict, total=False):
    """Where in a request the secret may stand."""

    header: pulumi.Input[bool]
    """In headers."""

    body: pulumi.Input[bool]
    """In the body."""


class EnvironmentVariableArgs(TypedDict, total=False):
    """A secret that tools see as an environment variable; its value is put in only on the way out."""

    type: Required[Literal["environment_variable"]]
    """An environment variable. A change replaces the resource: what a credential is for is fixed. Probably
    `environment_variable` not on self-hosted Claude Managed Agents.
    """

    secret_name: Required[pulumi.Input[str]]
    """The variable's name. A change replaces the resource: what a credential is for is fixed."""

    secret_value: Required[pulumi.Input[str]]
    """The value. Secret: sent and never returned; rotated in place, for running sessions too."""

    networking: Required[pulumi.Input[UnrestrictedNetworkArgs | CredentialHostsArgs]]
    """The hosts that the value may be sent to. On Qoder Cloud Agents: A change replaces the resource: the platform
    updates the value only.
    """

    injection_location: pulumi.Input[InjectionLocationArgs]
    """Where in a request the value may stand (default: headers and body). On Qoder Cloud Agents: A change replaces
    the resource: the platform updates the value only.
    """


class ExternalUserDetailsArgs(TypedDict, total=False):
    """What an application says about the entity that it serves; the platform does not verify it."""

    account_status: pulumi.Input[Literal["active", "suspended", "blocked"]]
    """Its account with the application. Removing it replaces the resource: the platform keeps it once it is given."""

    country: pulumi.Input[str]
    """Its country: two capital letters (ISO 3166-1 alpha-2). Removing it replaces the resource: the platform keeps
    it once it is given.
    """

    email_hash: pulumi.Input[str]
    """A hash of its e-mail address, by any function. Removing it replaces the resource: the platform keeps it once
    it is given.
    """

    entity_type: pulumi.Input[Literal["individual", "business", "non_profit", "government"]]
    """What it is. Removing it replaces the resource: the platform keeps it once it is given."""

    name_hash: pulumi.Input[str]
    """A hash of its name, by any function. Removing it replaces the resource: the platform keeps it once it is
    given.
    """

    onboarded_at: pulumi.Input[str]
    """When it opened its account (RFC 3339). Removing it replaces the resource: the platform keeps it once it is
    given.
    """

    reference_id: pulumi.Input[str]
    """The application's own reference; need not be unique. Removing it replaces the resource: the platform keeps
    it once it is given.
    """


class EnforcementAction(Found):
    """A measure that the platform has taken."""

    id: str
    """The measure's id."""

    type: str
    """`restriction` or `ban`."""

    reason: str | None
    """Why, such as `usage_policy_violation`."""

    action: str | None
    """What the user can do about it, such as `verify`."""

    opened_at: str | None
    """Since when (RFC 3339)."""

    expires_at: str | None
    """When it ends by itself (RFC 3339)."""


class DreamModelArgs(TypedDict, total=False):
    """The model that dreams."""

    id: Required[pulumi.Input[str]]
    """The model's id."""

    speed: pulumi.Input[Literal["standard", "fast"]]
    """How fast it answers (default: `standard`). `fast` only on Qoder Cloud Agents."""


class OutputBehaviorArgs(TypedDict, total=False):
    """Where the result goes."""

    type: Required[pulumi.Input[Literal["create_new", "update_existing"]]]
    """`create_new`: into a new store; `update_existing`: into the store that is read."""


class DreamProblem(Found):
    """Why a dream failed."""

    type: str
    """The platform's word, such as `timeout`."""

    message: str | None
    """The same for people."""


class DreamUsage(Found):
    """What a dream has used."""

    input_tokens: int | None
    """Tokens that were read."""

    output_tokens: int | None
    """Tokens that were written."""

    cache_creation_input_tokens: int | None
    """Tokens that were written to the cache."""

    cache_read_input_tokens: int | None
    """Tokens that were read from the cache."""


class GetAgentResult(Found):
    """What `get_agent` finds."""

    id: str
    """The object's id."""

    name: str
    """Shown to people (default: the resource's name)."""

    model: str | Mapping[str, Any]
    """The model: its id, or an object with id, effort, speed and place."""

    description: str | None
    """What the agent is for."""

    system: str | None
    """The system prompt."""

    tools: Sequence[Mapping[str, Any]] | None
    """Toolsets and custom tools, in any order."""

    mcp_servers: Sequence[Mapping[str, Any]] | None
    """MCP servers; each has to be used by an `mcp_toolset`."""

    skills: Sequence[Mapping[str, Any]] | None
    """Skills by reference; they need the `read` tool."""

    multiagent: Mapping[str, Any] | None
    """How the agent works with other agents."""

    metadata: Mapping[str, str] | None
    """Labels of your own. A key that you remove is removed on the platform; keys that others set are left alone."""

    execution_identity: Mapping[str, Any] | None
    """Whose rights the agent's sessions use (default: the service account)."""

    version: int
    """Counts the agent's changes, from 1."""

    created_at: str
    """When it was created (RFC 3339)."""

    updated_at: str
    """When its version was made (RFC 3339)."""


class GetEnvironmentResult(Found):
    """What `get_environment` finds."""

    id: str
    """The object's id."""

    name: str
    """Shown to people (default: the resource's name and 7 random digits)."""

    description: str | None
    """What the environment is for."""

    config: Mapping[str, Any] | None
    """Where it runs, what it may reach and what is installed (default: a cloud container; on a self-hosted server,
    which has none, `self_hosted`).
    """

    metadata: Mapping[str, str] | None
    """Labels of your own. A key that you remove is removed on the platform; keys that others set are left alone."""

    scope: str | None
    """Who sees it; organizations on the API have `organization` only."""

    created_at: str
    """When it was created (RFC 3339)."""

    updated_at: str
    """When it was last changed (RFC 3339)."""


class GetSessionResult(Found):
    """What `get_session` finds."""

    id: str
    """The object's id."""

    agent: str | Mapping[str, Any]
    """The agent: its id, or an object with id, version and overrides."""

    environment_id: str
    """The environment's id."""

    title: str | None
    """Shown to people."""

    metadata: Mapping[str, str] | None
    """Labels of your own. A key that you remove is removed on the platform; keys that others set are left alone."""

    resources: Sequence[Mapping[str, Any]] | None
    """What is mounted: repositories, files and memory stores, in any order."""

    vault_ids: Sequence[str] | None
    """Vaults with the agent's credentials; the first that has one for a server wins."""

    budget: Mapping[str, Any] | None
    """The most that the session may cost. On Claude it can be raised, and lowered to what is spent; once removed
    it cannot come back.
    """

    environment_variables: Mapping[str, str] | None
    """Variables of the container. Keep secrets in a vault."""

    initial_events: Sequence[Mapping[str, Any]] | None
    """What the session starts with: messages, and at most one outcome. The session runs at once."""

    status: str
    """`idle`, `running`, `rescheduling` or `terminated`, when last read."""

    resolved_agent: AgentSnapshot
    """The agent in the version that the session keeps."""

    mounted_resources: Sequence[MountedResource]
    """What is mounted, with ids and paths."""

    last_error: SessionError | None
    """An error that still holds, such as a failed clone; read by `pulumi refresh`."""

    stop_reason: StopReason | None
    """Why it rests, and what it waits for; read by `pulumi refresh` of a session that has worked."""

    outcome_evaluations: Sequence[OutcomeEvaluation] | None
    """What is to be reached, and how far, when last read."""

    budget_usage: BudgetUsage | None
    """What it has cost of its budget, where it has one, when last read."""

    usage: Mapping[str, Any]
    """Tokens and cost, when last read."""

    stats: Mapping[str, Any]
    """Time spent, when last read."""

    deployment_id: str | None
    """The deployment that started it."""

    created_at: str
    """When it was created (RFC 3339)."""

    updated_at: str
    """When it was last changed (RFC 3339)."""


class GetDeploymentResult(Found):
    """What `get_deployment` finds."""

    id: str
    """The object's id."""

    name: str
    """Shown to people (default: the resource's name)."""

    description: str | None
    """What it is for."""

    agent: str | Mapping[str, Any]
    """The agent: its id, or an object with id and version."""

    environment_id: str
    """The environment's id."""

    initial_events: Sequence[Mapping[str, Any]]
    """What each session starts with."""

    schedule: Mapping[str, Any] | None
    """When it runs by itself (default: only on demand)."""

    resources: Sequence[Mapping[str, Any]] | None
    """What each session mounts: repositories, files and memory stores, in any order."""

    vault_ids: Sequence[str] | None
    """Vaults with the agent's credentials; the first that has one for a server wins."""

    budget: Mapping[str, Any] | None
    """The most that each session may cost."""

    environment_variables: Mapping[str, str] | None
    """Variables of the container. Keep secrets in a vault."""

    metadata: Mapping[str, str] | None
    """Labels of your own. A key that you remove is removed on the platform; keys that others set are left alone."""

    status: str
    """`active` or `paused`, when last read."""

    paused_reason: PausedReason | None
    """Why it is paused."""

    agent_version: int
    """The agent's version that it runs."""

    last_run_at: str | None
    """When its schedule last ran it (RFC 3339)."""

    upcoming_runs_at: Sequence[str] | None
    """When its schedule will run it next (RFC 3339)."""

    triggered_run_id: str | None
    """The run that `run_trigger` last started."""

    triggered_session_id: str | None
    """The session of that run."""

    created_at: str
    """When it was created (RFC 3339)."""

    updated_at: str
    """When it was last changed (RFC 3339)."""


class GetVaultResult(Found):
    """What `get_vault` finds."""

    id: str
    """The object's id."""

    display_name: str
    """Shown to people (default: the resource's name)."""

    metadata: Mapping[str, str] | None
    """Labels of your own. A key that you remove is removed on the platform; keys that others set are left alone."""

    created_at: str
    """When it was created (RFC 3339)."""

    updated_at: str
    """When it was last changed (RFC 3339)."""


class GetCredentialResult(Found):
    """What `get_credential` finds."""

    id: str
    """The object's id."""

    vault_id: str
    """The vault's id."""

    auth: Mapping[str, Any]
    """The secret and what it is for: a bearer token, OAuth, or an environment variable."""

    display_name: str
    """Shown to people (default: the resource's name)."""

    metadata: Mapping[str, str] | None
    """Labels of your own. A key that you remove is removed on the platform; keys that others set are left alone."""

    token_status: str | None
    """What came of `validate_token` when it was last tried: `valid`, `invalid` or `unknown`."""

    created_at: str
    """When it was created (RFC 3339)."""

    updated_at: str
    """When it was last changed (RFC 3339)."""


class GetMemoryStoreResult(Found):
    """What `get_memory_store` finds."""

    id: str
    """The object's id."""

    name: str
    """Shown to people, and the folder's name in sessions (default: the resource's name)."""

    description: str | None
    """What the store is for; agents read it."""

    metadata: Mapping[str, str] | None
    """Labels of your own. A key that you remove is removed on the platform; keys that others set are left alone."""

    created_at: str
    """When it was created (RFC 3339)."""

    updated_at: str
    """When its name, description or metadata last changed (RFC 3339)."""


class GetMemoryResult(Found):
    """What `get_memory` finds."""

    id: str
    """The object's id."""

    memory_store_id: str
    """The store's id."""

    path: str
    """Where it is in the store, such as `/style/python.md`."""

    content: str | None
    """The text."""

    metadata: Mapping[str, str] | None
    """Labels of your own. A key that you remove is removed on the platform; keys that others set are left alone."""

    content_sha256: str
    """SHA-256 of the text, in hex."""

    content_size_bytes: int
    """Size of the text."""

    memory_version_id: str
    """The version that the text has in the store's history."""

    created_at: str
    """When it was created (RFC 3339)."""

    updated_at: str
    """When it was last changed (RFC 3339)."""


class GetFileResult(Found):
    """What `get_file` finds."""

    id: str
    """The object's id."""

    filename: str | None
    """The file's name (default: the last part of `path`)."""

    expires_in_seconds: int | None
    """How long the platform keeps it (default: until it is deleted)."""

    metadata: Mapping[str, str] | None
    """Labels of your own. A key that you remove is removed on the platform; keys that others set are left alone."""

    mime_type: str
    """The type that the platform found."""

    size_bytes: int
    """The size."""

    downloadable: bool
    """Whether the platform gives the bytes back."""

    expires_at: str | None
    """When the platform removes it (RFC 3339)."""

    status: str | None
    """On Qoder: `ready`, or `processing` while the platform is still looking at it."""

    created_at: str
    """When it was uploaded (RFC 3339)."""


class GetSkillResult(Found):
    """What `get_skill` finds."""

    id: str
    """The object's id."""

    display_name: str | None
    """Shown to people (default: the name in `SKILL.md`)."""

    metadata: Mapping[str, str] | None
    """Labels of your own. A key that you remove is removed on the platform; keys that others set are left alone."""

    latest_version_id: str
    """The newest version; agents name it in `skills`."""

    created_at: str
    """When it was created (RFC 3339)."""

    updated_at: str
    """When it last changed (RFC 3339)."""


class GetUserProfileResult(Found):
    """What `get_user_profile` finds."""

    id: str
    """The object's id."""

    name: str | None
    """The name of the person or company, where it is known."""

    access_type: str | None
    """`application`: somebody who uses the application (the default); `passthrough`: a company to which access is
    resold.
    """

    external_user_details: Mapping[str, Any] | None
    """What the application says about them."""

    metadata: Mapping[str, str] | None
    """Labels of your own. A key that you remove is removed on the platform; keys that others set are left alone."""

    enforcement_status: str
    """`unrestricted`, `pending`, `restricted` or `banned`, when last read."""

    enforcement_actions: Sequence[EnforcementAction]
    """The measures that are in force."""

    programs: Mapping[str, Any] | None
    """The standing in the platform's programs, when last read."""

    created_at: str
    """When it was created (RFC 3339)."""

    updated_at: str
    """When it was last changed (RFC 3339)."""


class GetDreamResult(Found):
    """What `get_dream` finds."""

    id: str
    """The object's id."""

    memory_store_id: str
    """The memory store that is read."""

    session_ids: Sequence[str]
    """The sessions that are read."""

    model: str | Mapping[str, Any]
    """The model: its id, or an object with id and speed."""

    instructions: str | None
    """What to look at, and how to order what is learnt."""

    output_behavior: str | Mapping[str, Any] | None
    """Where the result goes: `create_new` (default) or `update_existing`."""

    status: str
    """`pending`, `running`, `completed`, `failed` or `canceled`, when last read."""

    output_memory_store_id: str | None
    """The store with the result, which no stack owns where it is a new one."""

    files_touched: Sequence[str] | None
    """On Qoder: the memories that were written."""

    session_id: str | None
    """The session that dreams; its events tell how far it is."""

    error: DreamProblem | None
    """Why it failed."""

    usage: DreamUsage | None
    """What it has used."""

    ended_at: str | None
    """When it ended (RFC 3339)."""

    created_at: str
    """When it was created (RFC 3339)."""


class GetTunnelResult(Found):
    """What `get_tunnel` finds."""

    id: str
    """The object's id."""

    display_name: str
    """Shown to people (default: the resource's name and some digits)."""

    domain: str
    """The tunnel's host name: MCP servers are reached at names below it."""

    token_id: str | None
    """The token's id, which changes when it is rotated."""

    created_at: str
    """When it was created (RFC 3339)."""


class GetTunnelCertificateResult(Found):
    """What `get_tunnel_certificate` finds."""

    id: str
    """The object's id."""

    tunnel_id: str
    """The tunnel's id."""

    fingerprint: str
    """SHA-256 of the certificate, in hex."""

    expires_at: str | None
    """When the certificate ends (RFC 3339)."""

    created_at: str
    """When it was created (RFC 3339)."""


class FindAgentResult(Found):
    """What `find_agent` finds."""

    id: str
    """The object's id."""

    name: str
    """Shown to people (default: the resource's name)."""

    model: str | Mapping[str, Any]
    """The model: its id, or an object with id, effort, speed and place."""

    description: str | None
    """What the agent is for."""

    system: str | None
    """The system prompt."""

    tools: Sequence[Mapping[str, Any]] | None
    """Toolsets and custom tools, in any order."""

    mcp_servers: Sequence[Mapping[str, Any]] | None
    """MCP servers; each has to be used by an `mcp_toolset`."""

    skills: Sequence[Mapping[str, Any]] | None
    """Skills by reference; they need the `read` tool."""

    multiagent: Mapping[str, Any] | None
    """How the agent works with other agents."""

    metadata: Mapping[str, str] | None
    """Labels of your own. A key that you remove is removed on the platform; keys that others set are left alone."""

    execution_identity: Mapping[str, Any] | None
    """Whose rights the agent's sessions use (default: the service account)."""

    version: int
    """Counts the agent's changes, from 1."""

    created_at: str
    """When it was created (RFC 3339)."""

    updated_at: str
    """When its version was made (RFC 3339)."""


class FindEnvironmentResult(Found):
    """What `find_environment` finds."""

    id: str
    """The object's id."""

    name: str
    """Shown to people (default: the resource's name and 7 random digits)."""

    description: str | None
    """What the environment is for."""

    config: Mapping[str, Any] | None
    """Where it runs, what it may reach and what is installed (default: a cloud container; on a self-hosted server,
    which has none, `self_hosted`).
    """

    metadata: Mapping[str, str] | None
    """Labels of your own. A key that you remove is removed on the platform; keys that others set are left alone."""

    scope: str | None
    """Who sees it; organizations on the API have `organization` only."""

    created_at: str
    """When it was created (RFC 3339)."""

    updated_at: str
    """When it was last changed (RFC 3339)."""


class FindSessionResult(Found):
    """What `find_session` finds."""

    id: str
    """The object's id."""

    agent: str | Mapping[str, Any]
    """The agent: its id, or an object with id, version and overrides."""

    environment_id: str
    """The environment's id."""

    title: str | None
    """Shown to people."""

    metadata: Mapping[str, str] | None
    """Labels of your own. A key that you remove is removed on the platform; keys that others set are left alone."""

    resources: Sequence[Mapping[str, Any]] | None
    """What is mounted: repositories, files and memory stores, in any order."""

    vault_ids: Sequence[str] | None
    """Vaults with the agent's credentials; the first that has one for a server wins."""

    budget: Mapping[str, Any] | None
    """The most that the session may cost. On Claude it can be raised, and lowered to what is spent; once removed
    it cannot come back.
    """

    environment_variables: Mapping[str, str] | None
    """Variables of the container. Keep secrets in a vault."""

    initial_events: Sequence[Mapping[str, Any]] | None
    """What the session starts with: messages, and at most one outcome. The session runs at once."""

    status: str
    """`idle`, `running`, `rescheduling` or `terminated`, when last read."""

    resolved_agent: AgentSnapshot
    """The agent in the version that the session keeps."""

    mounted_resources: Sequence[MountedResource]
    """What is mounted, with ids and paths."""

    last_error: SessionError | None
    """An error that still holds, such as a failed clone; read by `pulumi refresh`."""

    stop_reason: StopReason | None
    """Why it rests, and what it waits for; read by `pulumi refresh` of a session that has worked."""

    outcome_evaluations: Sequence[OutcomeEvaluation] | None
    """What is to be reached, and how far, when last read."""

    budget_usage: BudgetUsage | None
    """What it has cost of its budget, where it has one, when last read."""

    usage: Mapping[str, Any]
    """Tokens and cost, when last read."""

    stats: Mapping[str, Any]
    """Time spent, when last read."""

    deployment_id: str | None
    """The deployment that started it."""

    created_at: str
    """When it was created (RFC 3339)."""

    updated_at: str
    """When it was last changed (RFC 3339)."""


class FindDeploymentResult(Found):
    """What `find_deployment` finds."""

    id: str
    """The object's id."""

    name: str
    """Shown to people (default: the resource's name)."""

    description: str | None
    """What it is for."""

    agent: str | Mapping[str, Any]
    """The agent: its id, or an object with id and version."""

    environment_id: str
    """The environment's id."""

    initial_events: Sequence[Mapping[str, Any]]
    """What each session starts with."""

    schedule: Mapping[str, Any] | None
    """When it runs by itself (default: only on demand)."""

    resources: Sequence[Mapping[str, Any]] | None
    """What each session mounts: repositories, files and memory stores, in any order."""

    vault_ids: Sequence[str] | None
    """Vaults with the agent's credentials; the first that has one for a server wins."""

    budget: Mapping[str, Any] | None
    """The most that each session may cost."""

    environment_variables: Mapping[str, str] | None
    """Variables of the container. Keep secrets in a vault."""

    metadata: Mapping[str, str] | None
    """Labels of your own. A key that you remove is removed on the platform; keys that others set are left alone."""

    status: str
    """`active` or `paused`, when last read."""

    paused_reason: PausedReason | None
    """Why it is paused."""

    agent_version: int
    """The agent's version that it runs."""

    last_run_at: str | None
    """When its schedule last ran it (RFC 3339)."""

    upcoming_runs_at: Sequence[str] | None
    """When its schedule will run it next (RFC 3339)."""

    triggered_run_id: str | None
    """The run that `run_trigger` last started."""

    triggered_session_id: str | None
    """The session of that run."""

    created_at: str
    """When it was created (RFC 3339)."""

    updated_at: str
    """When it was last changed (RFC 3339)."""


class FindVaultResult(Found):
    """What `find_vault` finds."""

    id: str
    """The object's id."""

    display_name: str
    """Shown to people (default: the resource's name)."""

    metadata: Mapping[str, str] | None
    """Labels of your own. A key that you remove is removed on the platform; keys that others set are left alone."""

    created_at: str
    """When it was created (RFC 3339)."""

    updated_at: str
    """When it was last changed (RFC 3339)."""


class FindCredentialResult(Found):
    """What `find_credential` finds."""

    id: str
    """The object's id."""

    vault_id: str
    """The vault's id."""

    auth: Mapping[str, Any]
    """The secret and what it is for: a bearer token, OAuth, or an environment variable."""

    display_name: str
    """Shown to people (default: the resource's name)."""

    metadata: Mapping[str, str] | None
    """Labels of your own. A key that you remove is removed on the platform; keys that others set are left alone."""

    token_status: str | None
    """What came of `validate_token` when it was last tried: `valid`, `invalid` or `unknown`."""

    created_at: str
    """When it was created (RFC 3339)."""

    updated_at: str
    """When it was last changed (RFC 3339)."""


class FindMemoryStoreResult(Found):
    """What `find_memory_store` finds."""

    id: str
    """The object's id."""

    name: str
    """Shown to people, and the folder's name in sessions (default: the resource's name)."""

    description: str | None
    """What the store is for; agents read it."""

    metadata: Mapping[str, str] | None
    """Labels of your own. A key that you remove is removed on the platform; keys that others set are left alone."""

    created_at: str
    """When it was created (RFC 3339)."""

    updated_at: str
    """When its name, description or metadata last changed (RFC 3339)."""


class FindMemoryResult(Found):
    """What `find_memory` finds."""

    id: str
    """The object's id."""

    memory_store_id: str
    """The store's id."""

    path: str
    """Where it is in the store, such as `/style/python.md`."""

    content: str | None
    """The text."""

    metadata: Mapping[str, str] | None
    """Labels of your own. A key that you remove is removed on the platform; keys that others set are left alone."""

    content_sha256: str
    """SHA-256 of the text, in hex."""

    content_size_bytes: int
    """Size of the text."""

    memory_version_id: str
    """The version that the text has in the store's history."""

    created_at: str
    """When it was created (RFC 3339)."""

    updated_at: str
    """When it was last changed (RFC 3339)."""


class FindFileResult(Found):
    """What `find_file` finds."""

    id: str
    """The object's id."""

    filename: str | None
    """The file's name (default: the last part of `path`)."""

    expires_in_seconds: int | None
    """How long the platform keeps it (default: until it is deleted)."""

    metadata: Mapping[str, str] | None
    """Labels of your own. A key that you remove is removed on the platform; keys that others set are left alone."""

    mime_type: str
    """The type that the platform found."""

    size_bytes: int
    """The size."""

    downloadable: bool
    """Whether the platform gives the bytes back."""

    expires_at: str | None
    """When the platform removes it (RFC 3339)."""

    status: str | None
    """On Qoder: `ready`, or `processing` while the platform is still looking at it."""

    created_at: str
    """When it was uploaded (RFC 3339)."""


class FindSkillResult(Found):
    """What `find_skill` finds."""

    id: str
    """The object's id."""

    display_name: str | None
    """Shown to people (default: the name in `SKILL.md`)."""

    metadata: Mapping[str, str] | None
    """Labels of your own. A key that you remove is removed on the platform; keys that others set are left alone."""

    latest_version_id: str
    """The newest version; agents name it in `skills`."""

    created_at: str
    """When it was created (RFC 3339)."""

    updated_at: str
    """When it last changed (RFC 3339)."""


class FindUserProfileResult(Found):
    """What `find_user_profile` finds."""

    id: str
    """The object's id."""

    name: str | None
    """The name of the person or company, where it is known."""

    access_type: str | None
    """`application`: somebody who uses the application (the default); `passthrough`: a company to which access is
    resold.
    """

    external_user_details: Mapping[str, Any] | None
    """What the application says about them."""

    metadata: Mapping[str, str] | None
    """Labels of your own. A key that you remove is removed on the platform; keys that others set are left alone."""

    enforcement_status: str
    """`unrestricted`, `pending`, `restricted` or `banned`, when last read."""

    enforcement_actions: Sequence[EnforcementAction]
    """The measures that are in force."""

    programs: Mapping[str, Any] | None
    """The standing in the platform's programs, when last read."""

    created_at: str
    """When it was created (RFC 3339)."""

    updated_at: str
    """When it was last changed (RFC 3339)."""


class FindTunnelResult(Found):
    """What `find_tunnel` finds."""

    id: str
    """The object's id."""

    display_name: str
    """Shown to people (default: the resource's name and some digits)."""

    domain: str
    """The tunnel's host name: MCP servers are reached at names below it."""

    token_id: str | None
    """The token's id, which changes when it is rotated."""

    created_at: str
    """When it was created (RFC 3339)."""


class FindTunnelCertificateResult(Found):
    """What `find_tunnel_certificate` finds."""

    id: str
    """The object's id."""

    tunnel_id: str
    """The tunnel's id."""

    fingerprint: str
    """SHA-256 of the certificate, in hex."""

    expires_at: str | None
    """When the certificate ends (RFC 3339)."""

    created_at: str
    """When it was created (RFC 3339)."""


class AgentVersion(Found):
    """An agent as it was."""

    version: int
    """The version's number."""

    name: str | None
    """The agent's name then."""

    description: str | None
    """Its description then."""

    updated_at: str | None
    """When the version was made (RFC 3339)."""


class GetAgentVersionsResult(Found):
    """What `get_agent_versions` finds."""

    versions: Sequence[AgentVersion]
    """The versions, newest first."""


class ListedSession(Found):
    """A session."""

    id: str
    """The session's id."""

    status: str
    """`idle`, `running`, `rescheduling` or `terminated`."""

    title: str | None
    """Its title."""

    metadata: Mapping[str, str] | None
    """Its labels."""

    agent: AgentSnapshot
    """Its agent, in the version that it keeps."""

    environment_id: str
    """Its environment."""

    deployment_id: str | None
    """The deployment that started it."""

    vault_ids: Sequence[str] | None
    """Its vaults."""

    outcome_evaluations: Sequence[OutcomeEvaluation] | None
    """What is to be reached, and how far."""

    budget_usage: BudgetUsage | None
    """What it has cost of its budget, where it has one."""

    usage: Mapping[str, Any]
    """Tokens and cost so far."""

    stats: Mapping[str, Any]
    """Time spent."""

    created_at: str
    """When it was created (RFC 3339)."""

    updated_at: str
    """When it was last changed (RFC 3339)."""

    archived_at: str | None
    """When it was archived (RFC 3339)."""


class ListSessionsResult(Found):
    """What `list_sessions` finds."""

    sessions: Sequence[ListedSession]
    """The sessions, newest first unless asked otherwise."""


class ListSessionResourcesResult(Found):
    """What `list_session_resources` finds."""

    resources: Sequence[MountedResource]
    """What is mounted, with ids and paths; never a token."""


class SaidText(Found):
    """A text, or the place of one that was withheld (`redacted`)."""

    type: str
    """Which."""

    text: str | None
    """What it says."""


class MediaSource(Found):
    """Where a picture or a document is; what it holds is not shown."""

    type: str
    """`base64`, `file`, `text` or `url`."""

    media_type: str | None
    """Its media type."""

    url: str | None
    """Its address."""

    file_id: str | None
    """Its file's id."""


class SaidMedia(Found):
    """A picture or a document."""

    type: str
    """Which."""

    title: str | None
    """A document's title."""

    source: MediaSource
    """Where it is."""


class SaidSearchResult(Found):
    """What a search found."""

    type: str
    """A search result."""

    title: str | None
    """Its title."""

    source: str | None
    """Its address."""

    content: Sequence[SaidText] | None
    """What it says."""


class SaidOtherwise(Found):
    """A block of a type that this version does not know."""

    type: str
    """The platform's word."""


class MessageEvent(Found):
    """A message of the user, the agent or the system."""

    id: str
    """The event's id."""

    processed_at: str | None
    """When (RFC 3339); not yet, if nothing."""

    session_thread_id: str | None
    """The thread that it is of, where it says one."""

    text: str | None
    """What was said, or what went wrong."""

    type: str
    """Whose."""

    content: Sequence[SaidText | SaidMedia | SaidSearchResult | SaidOtherwise]
    """What was said, block by block."""


class ThreadMessageReceivedEvent(Found):
    """A message that an agent got from another one."""

    id: str
    """The event's id."""

    processed_at: str | None
    """When (RFC 3339); not yet, if nothing."""

    session_thread_id: str | None
    """The thread that it is of, where it says one."""

    text: str | None
    """What was said, or what went wrong."""

    type: str
    """What happened."""

    from_session_thread_id: str | None
    """The other one's thread."""

    from_agent_name: str | None
    """The other one's name."""

    content: Sequence[SaidText | SaidMedia | SaidSearchResult | SaidOtherwise]
    """What was said, block by block."""


class ThreadMessageSentEvent(Found):
    """A message that an agent sent to another one."""

    id: str
    """The event's id."""

    processed_at: str | None
    """When (RFC 3339); not yet, if nothing."""

    session_thread_id: str | None
    """The thread that it is of, where it says one."""

    text: str | None
    """What was said, or what went wrong."""

    type: str
    """What happened."""

    to_session_thread_id: str | None
    """The other one's thread."""

    to_agent_name: str | None
    """The other one's name."""

    content: Sequence[SaidText | SaidMedia | SaidSearchResult | SaidOtherwise]
    """What was said, block by block."""


class ToolEvaluation(Found):
    """How it came about whether a tool may be used."""

    type: str
    """The rule: `always_allow`, `always_ask` or `auto`."""

    evaluated_permission: Mapping[str, Any] | None
    """Of `auto`: what was found, and why."""


class ToolUseEvent(Found):
    """The agent uses a tool, of the platform or of the program's own."""

    id: str
    """The event's id."""

    processed_at: str | None
    """When (RFC 3339); not yet, if nothing."""

    session_thread_id: str | None
    """The thread that it is of, where it says one."""

    text: str | None
    """What was said, or what went wrong."""

    type: str
    """Whose tool."""

    name: str
    """The tool."""

    input: Mapping[str, Any]
    """What the tool was given; what looks like a secret in it is hidden."""

    evaluated_permission: str | None
    """`allow`, `ask` or `deny`."""

    evaluation: ToolEvaluation | None
    """How that came about."""


class McpToolUseEvent(Found):
    """The agent uses a tool of an MCP server."""

    id: str
    """The event's id."""

    processed_at: str | None
    """When (RFC 3339); not yet, if nothing."""

    session_thread_id: str | None
    """The thread that it is of, where it says one."""

    text: str | None
    """What was said, or what went wrong."""

    type: str
    """What happened."""

    name: str
    """The tool."""

    mcp_server_name: str
    """The server."""

    input: Mapping[str, Any]
    """What the tool was given; what looks like a secret in it is hidden."""

    evaluated_permission: str | None
    """`allow`, `ask` or `deny`."""

    evaluation: ToolEvaluation | None
    """How that came about."""


class ToolResultEvent(Found):
    """What came of the use of a tool."""

    id: str
    """The event's id."""

    processed_at: str | None
    """When (RFC 3339); not yet, if nothing."""

    session_thread_id: str | None
    """The thread that it is of, where it says one."""

    text: str | None
    """What was said, or what went wrong."""

    type: str
    """Who says it."""

    tool_use_id: str
    """The event of the use."""

    content: Sequence[SaidText | SaidMedia | SaidSearchResult | SaidOtherwise] | None
    """What came back, block by block."""

    is_error: bool | None
    """Whether it failed."""


class McpToolResultEvent(Found):
    """What came of the use of an MCP server's tool."""

    id: str
    """The event's id."""

    processed_at: str | None
    """When (RFC 3339); not yet, if nothing."""

    session_thread_id: str | None
    """The thread that it is of, where it says one."""

    text: str | None
    """What was said, or what went wrong."""

    type: str
    """What happened."""

    mcp_tool_use_id: str
    """The event of the use."""

    content: Sequence[SaidText | SaidMedia | SaidSearchResult | SaidOtherwise] | None
    """What came back, block by block."""

    is_error: bool | None
    """Whether it failed."""


class CustomToolResultEvent(Found):
    """What the program says came of its own tool."""

    id: str
    """The event's id."""

    processed_at: str | None
    """When (RFC 3339); not yet, if nothing."""

    session_thread_id: str | None
    """The thread that it is of, where it says one."""

    text: str | None
    """What was said, or what went wrong."""

    type: str
    """What happened."""

    custom_tool_use_id: str
    """The event of the use."""

    content: Sequence[SaidText | SaidMedia | SaidSearchResult | SaidOtherwise] | None
    """What came back, block by block."""

    is_error: bool | None
    """Whether it failed."""


class ToolConfirmationEvent(Found):
    """The user allows or denies the use of a tool."""

    id: str
    """The event's id."""

    processed_at: str | None
    """When (RFC 3339); not yet, if nothing."""

    session_thread_id: str | None
    """The thread that it is of, where it says one."""

    text: str | None
    """What was said, or what went wrong."""

    type: str
    """What happened."""

    tool_use_id: str
    """The event of the use."""

    result: str
    """`allow` or `deny`."""

    deny_message: str | None
    """Why it is denied."""


class PlainEvent(Found):
    """Something that says no more than that it happened."""

    id: str
    """The event's id."""

    processed_at: str | None
    """When (RFC 3339); not yet, if nothing."""

    session_thread_id: str | None
    """The thread that it is of, where it says one."""

    text: str | None
    """What was said, or what went wrong."""

    type: str
    """What happened."""


class StopDetails(Found):
    """More about a refusal."""

    type: str
    """`refusal`."""

    category: str | None
    """The platform's word for its subject."""

    explanation: str | None
    """The platform's sentence."""


class StatusIdleEvent(Found):
    """The session came to rest."""

    id: str
    """The event's id."""

    processed_at: str | None
    """When (RFC 3339); not yet, if nothing."""

    session_thread_id: str | None
    """The thread that it is of, where it says one."""

    text: str | None
    """What was said, or what went wrong."""

    type: str
    """What happened."""

    stop_reason: StopReason
    """Why it came to rest, and what it waits for."""

    stop_details: StopDetails | None
    """More about a refusal."""


class RetryStatus(Found):
    """Whether the platform tries again."""

    type: str
    """`retrying`, `exhausted` or `terminal`."""


class EventError(Found):
    """What went wrong."""

    type: str
    """The platform's word, such as `repository_authentication_error`."""

    message: str
    """The platform's sentence."""

    retry_status: RetryStatus | None
    """Whether the platform tries again."""

    repository_url: str | None
    """The repository that it is about."""

    mcp_server_name: str | None
    """The MCP server that it is about."""

    vault_id: str | None
    """The vault of the credential that it is about."""

    credential_id: str | None
    """The credential that it is about."""


class SessionErrorEvent(Found):
    """Something went wrong in the session."""

    id: str
    """The event's id."""

    processed_at: str | None
    """When (RFC 3339); not yet, if nothing."""

    session_thread_id: str | None
    """The thread that it is of, where it says one."""

    text: str | None
    """What was said, or what went wrong."""

    type: str
    """What happened."""

    error: EventError
    """What went wrong."""


class EventBudget(Found):
    """The most that a session may cost."""

    type: str
    """`limit`."""

    max_list_cost: Mapping[str, str] | None
    """The limit, at list prices (Claude)."""

    max_credit_cost: str | None
    """The limit in credits (Qoder)."""


class SessionUpdatedEvent(Found):
    """Somebody changed the session: what is said is what it is now."""

    id: str
    """The event's id."""

    processed_at: str | None
    """When (RFC 3339); not yet, if nothing."""

    session_thread_id: str | None
    """The thread that it is of, where it says one."""

    text: str | None
    """What was said, or what went wrong."""

    type: str
    """What happened."""

    title: str | None
    """Its title."""

    metadata: Mapping[str, str] | None
    """Its labels."""

    budget: EventBudget | None
    """Its budget."""

    agent: Mapping[str, Any] | None
    """Its agent, in the platform's words."""


class SessionUsageEvent(Found):
    """What the session has cost so far."""

    id: str
    """The event's id."""

    processed_at: str | None
    """When (RFC 3339); not yet, if nothing."""

    session_thread_id: str | None
    """The thread that it is of, where it says one."""

    text: str | None
    """What was said, or what went wrong."""

    type: str
    """What happened."""

    usage: Mapping[str, Any]
    """Tokens and cost so far."""

    budget: EventBudget | None
    """The most that it may cost."""


class ThreadStatusEvent(Found):
    """A thread began, or its status changed."""

    id: str
    """The event's id."""

    processed_at: str | None
    """When (RFC 3339); not yet, if nothing."""

    session_thread_id: str | None
    """The thread that it is of, where it says one."""

    text: str | None
    """What was said, or what went wrong."""

    type: str
    """What happened."""

    agent_name: str
    """The thread's agent."""

    workflow_run_id: str | None
    """The run of a workflow that began it."""


class ThreadIdleEvent(Found):
    """A thread came to rest."""

    id: str
    """The event's id."""

    processed_at: str | None
    """When (RFC 3339); not yet, if nothing."""

    session_thread_id: str | None
    """The thread that it is of, where it says one."""

    text: str | None
    """What was said, or what went wrong."""

    type: str
    """What happened."""

    agent_name: str
    """The thread's agent."""

    stop_reason: StopReason
    """Why it came to rest, and what it waits for."""

    stop_details: StopDetails | None
    """More about a refusal."""


class ModelUsage(Found):
    """The tokens of a request to a model."""

    input_tokens: int
    """Tokens read."""

    output_tokens: int
    """Tokens written."""

    cache_read_input_tokens: int | None
    """Tokens read from the cache."""

    cache_creation_input_tokens: int | None
    """Tokens written into the cache."""

    speed: str | None
    """`standard` or `fast`."""


class ModelRequestEndEvent(Found):
    """A request to a model was answered."""

    id: str
    """The event's id."""

    processed_at: str | None
    """When (RFC 3339); not yet, if nothing."""

    session_thread_id: str | None
    """The thread that it is of, where it says one."""

    text: str | None
    """What was said, or what went wrong."""

    type: str
    """What happened."""

    model_request_start_id: str
    """The event of its start."""

    model_usage: ModelUsage
    """Its tokens."""

    is_error: bool | None
    """Whether it failed."""


class Rubric(Found):
    """What an outcome is judged by."""

    type: str
    """`text` or `file`."""

    content: str | None
    """The text."""

    file_id: str | None
    """The file's id."""


class DefineOutcomeEvent(Found):
    """The user says what is to be reached."""

    id: str
    """The event's id."""

    processed_at: str | None
    """When (RFC 3339); not yet, if nothing."""

    session_thread_id: str | None
    """The thread that it is of, where it says one."""

    text: str | None
    """What was said, or what went wrong."""

    type: str
    """What happened."""

    outcome_id: str
    """The outcome."""

    description: str
    """What is to be reached."""

    rubric: Rubric | None
    """What it is judged by."""

    max_iterations: int | None
    """The most rounds."""


class OutcomeEvaluationEvent(Found):
    """An outcome is being judged."""

    id: str
    """The event's id."""

    processed_at: str | None
    """When (RFC 3339); not yet, if nothing."""

    session_thread_id: str | None
    """The thread that it is of, where it says one."""

    text: str | None
    """What was said, or what went wrong."""

    type: str
    """What happened."""

    outcome_id: str
    """The outcome."""

    iteration: int
    """The round, from 0."""


class OutcomeEvaluationEndEvent(Found):
    """An outcome was judged."""

    id: str
    """The event's id."""

    processed_at: str | None
    """When (RFC 3339); not yet, if nothing."""

    session_thread_id: str | None
    """The thread that it is of, where it says one."""

    text: str | None
    """What was said, or what went wrong."""

    type: str
    """What happened."""

    outcome_id: str
    """The outcome."""

    outcome_evaluation_start_id: str
    """The event of the start."""

    iteration: int
    """The round, from 0."""

    result: str
    """The verdict, such as `satisfied` or `needs_revision`."""

    explanation: str | None
    """Why."""

    usage: ModelUsage | None
    """The tokens of the judgement."""


class WorkflowPhase(Found):
    """A phase of a workflow."""

    id: str
    """Its id."""

    name: str
    """Its name."""

    description: str | None
    """What it is for."""


class WorkflowRunCreatedEvent(Found):
    """A workflow began."""

    id: str
    """The event's id."""

    processed_at: str | None
    """When (RFC 3339); not yet, if nothing."""

    session_thread_id: str | None
    """The thread that it is of, where it says one."""

    text: str | None
    """What was said, or what went wrong."""

    type: str
    """What happened."""

    workflow_run_id: str
    """The run."""

    name: str
    """The workflow."""

    description: str | None
    """What it is for."""

    phases: Sequence[WorkflowPhase]
    """Its phases."""


class WorkflowRunEvent(Found):
    """A run of a workflow goes on, rests or fails."""

    id: str
    """The event's id."""

    processed_at: str | None
    """When (RFC 3339); not yet, if nothing."""

    session_thread_id: str | None
    """The thread that it is of, where it says one."""

    text: str | None
    """What was said, or what went wrong."""

    type: str
    """What happened."""

    workflow_run_id: str | None
    """The run."""

    error: EventError | None
    """What went wrong."""


class WorkflowResult(Found):
    """How a run of a workflow ended."""

    type: str
    """`completed`, `error` or `stopped`."""

    error: EventError | None
    """What went wrong."""


class WorkflowRunEndedEvent(Found):
    """A run of a workflow ended."""

    id: str
    """The event's id."""

    processed_at: str | None
    """When (RFC 3339); not yet, if nothing."""

    session_thread_id: str | None
    """The thread that it is of, where it says one."""

    text: str | None
    """What was said, or what went wrong."""

    type: str
    """What happened."""

    workflow_run_id: str
    """The run."""

    result: WorkflowResult
    """How."""


class WorkflowPhaseEvent(Found):
    """A phase of a workflow began or ended."""

    id: str
    """The event's id."""

    processed_at: str | None
    """When (RFC 3339); not yet, if nothing."""

    session_thread_id: str | None
    """The thread that it is of, where it says one."""

    text: str | None
    """What was said, or what went wrong."""

    type: str
    """What happened."""

    workflow_run_id: str
    """The run."""

    workflow_run_phase_id: str
    """The phase."""

    phase_started_id: str | None
    """The event of its beginning."""


class OtherEvent(Found):
    """An event of a type that this version does not know."""

    id: str
    """The event's id."""

    processed_at: str | None
    """When (RFC 3339); not yet, if nothing."""

    session_thread_id: str | None
    """The thread that it is of, where it says one."""

    text: str | None
    """What was said, or what went wrong."""

    type: str
    """The platform's word for what happened."""

    fields: Mapping[str, Any]
    """What else it says, in the platform's words."""


class ListSessionEventsResult(Found):
    """What `list_session_events` finds."""

    events: Sequence[MessageEvent | ThreadMessageReceivedEvent | ThreadMessageSentEvent | ToolUseEvent | McpToolUseEvent | ToolResultEvent | McpToolResultEvent | CustomToolResultEvent | ToolConfirmationEvent | PlainEvent | StatusIdleEvent | SessionErrorEvent | SessionUpdatedEvent | SessionUsageEvent | ThreadStatusEvent | ThreadIdleEvent | ModelRequestEndEvent | DefineOutcomeEvent | OutcomeEvaluationEvent | OutcomeEvaluationEndEvent | WorkflowRunCreatedEvent | WorkflowRunEvent | WorkflowRunEndedEvent | WorkflowPhaseEvent | OtherEvent]
    """The events."""


class ThreadAgent(Found):
    """The agent of a thread."""

    id: str | None
    """Its id; an agent that was made for the task has none."""

    name: str | None
    """Its name."""

    version: int | None
    """Its version."""

    type: str | None
    """`agent`, or what else it is."""


class SessionThread(Found):
    """A thread of a session."""

    id: str
    """The thread's id."""

    status: str
    """`running`, `idle`, `rescheduling` or `terminated`."""

    parent_thread_id: str | None
    """The thread that began it; the session's first has none."""

    agent: ThreadAgent
    """Who works in it."""

    usage: Mapping[str, Any] | None
    """Tokens and cost so far."""

    stats: Mapping[str, Any] | None
    """Time spent."""

    workflow_run_id: str | None
    """The run of a workflow that began it."""

    created_at: str
    """When it began (RFC 3339)."""

    updated_at: str
    """When it last changed (RFC 3339)."""

    archived_at: str | None
    """When it was archived (RFC 3339)."""


class ListThreadsResult(Found):
    """What `list_threads` finds."""

    threads: Sequence[SessionThread]
    """The threads, in the platform's order."""


class ListThreadEventsResult(Found):
    """What `list_thread_events` finds."""

    events: Sequence[MessageEvent | ThreadMessageReceivedEvent | ThreadMessageSentEvent | ToolUseEvent | McpToolUseEvent | ToolResultEvent | McpToolResultEvent | CustomToolResultEvent | ToolConfirmationEvent | PlainEvent | StatusIdleEvent | SessionErrorEvent | SessionUpdatedEvent | SessionUsageEvent | ThreadStatusEvent | ThreadIdleEvent | ModelRequestEndEvent | DefineOutcomeEvent | OutcomeEvaluationEvent | OutcomeEvaluationEndEvent | WorkflowRunCreatedEvent | WorkflowRunEvent | WorkflowRunEndedEvent | WorkflowPhaseEvent | OtherEvent]
    """The events."""


class RunAgent(Found):
    """The agent of a run, as it was then."""

    id: str
    """Its id."""

    version: int
    """Its version."""


class RunTrigger(Found):
    """What started a run."""

    type: str
    """`schedule` or `manual`."""

    scheduled_at: str | None
    """When the schedule meant it to start (RFC 3339)."""


class RunError(Found):
    """Why a run made no session."""

    type: str
    """The platform's word, such as `session_rate_limited_error`."""

    message: str
    """The platform's sentence."""


class Run(Found):
    """A run of a deployment."""

    id: str
    """The run's id."""

    deployment_id: str
    """The deployment."""

    agent: RunAgent
    """The agent, as it was then."""

    trigger_context: RunTrigger
    """What started it."""

    session_id: str | None
    """The session that it made."""

    error: RunError | None
    """Why it made none."""

    created_at: str
    """When it ran (RFC 3339)."""


class ListDeploymentRunsResult(Found):
    """What `list_deployment_runs` finds."""

    runs: Sequence[Run]
    """The runs, newest first."""


class GetDeploymentRunResult(Found):
    """What `get_deployment_run` finds."""

    id: str
    """The run's id."""

    deployment_id: str
    """The deployment."""

    agent: RunAgent
    """The agent, as it was then."""

    trigger_context: RunTrigger
    """What started it."""

    session_id: str | None
    """The session that it made."""

    error: RunError | None
    """Why it made none."""

    created_at: str
    """When it ran (RFC 3339)."""


class MemoryActor(Found):
    """Who changed a memory."""

    type: str
    """`session_actor`, `api_actor`, `user_actor` or `service_account_actor`."""

    session_id: str | None
    """The session."""

    api_key_id: str | None
    """The key."""

    user_id: str | None
    """The person."""

    service_account_id: str | None
    """The service account."""


class MemoryVersion(Found):
    """A memory as it was."""

    id: str
    """The version's id."""

    memory_id: str
    """The memory."""

    operation: str
    """`created`, `modified` or `deleted`."""

    path: str | None
    """The memory's path then; of a redacted one, nothing."""

    content: str | None
    """What it said, where asked for; of a redacted one, nothing."""

    content_sha256: str | None
    """Its SHA-256."""

    content_size_bytes: int | None
    """Its size."""

    created_by: MemoryActor | None
    """Who changed it."""

    created_at: str
    """When (RFC 3339)."""

    redacted_by: MemoryActor | None
    """Who redacted it."""

    redacted_at: str | None
    """When (RFC 3339)."""


class ListMemoryVersionsResult(Found):
    """What `list_memory_versions` finds."""

    versions: Sequence[MemoryVersion]
    """The versions, newest first."""


class GetMemoryVersionResult(Found):
    """What `get_memory_version` finds."""

    id: str
    """The version's id."""

    memory_id: str
    """The memory."""

    operation: str
    """`created`, `modified` or `deleted`."""

    path: str | None
    """The memory's path then; of a redacted one, nothing."""

    content: str | None
    """What it said, where asked for; of a redacted one, nothing."""

    content_sha256: str | None
    """Its SHA-256."""

    content_size_bytes: int | None
    """Its size."""

    created_by: MemoryActor | None
    """Who changed it."""

    created_at: str
    """When (RFC 3339)."""

    redacted_by: MemoryActor | None
    """Who redacted it."""

    redacted_at: str | None
    """When (RFC 3339)."""


class ModelInfo(Found):
    """A model."""

    id: str
    """What agents name it with."""

    display_name: str | None
    """Its name for people."""

    created_at: str | None
    """When it was released (RFC 3339; 1970 if nobody knows)."""

    lifecycle: str | None
    """`active`, `deprecated` or `retired` (Claude)."""

    line: str | None
    """Its line, such as `opus` (Claude)."""

    deprecated_at: str | None
    """Since when it is deprecated (RFC 3339)."""

    retires_at: str | None
    """When it is to be retired (RFC 3339); that may move, and `lifecycle` decides."""

    max_input_tokens: int | None
    """The most tokens that it reads."""

    max_tokens: int | None
    """The most tokens that it writes."""

    allowed_fallback_models: Sequence[str] | None
    """Models that may answer in its place."""

    capabilities: Mapping[str, Any] | None
    """What it can, in the platform's words."""

    source: str | None
    """Who runs it (Qoder)."""

    is_enabled: bool | None
    """Whether it can be chosen (Qoder)."""

    is_new: bool | None
    """Whether it is new (Qoder)."""

    price_factor: float | None
    """What its credits are multiplied by (Qoder)."""

    efforts: Sequence[str] | None
    """The efforts that it offers (Qoder)."""

    default_effort: str | None
    """The usual one (Qoder)."""

    available_context_windows: Sequence[int] | None
    """The windows that it offers (Qoder)."""

    default_context_window: int | None
    """The usual one (Qoder)."""


class ListModelsResult(Found):
    """What `list_models` finds."""

    models: Sequence[ModelInfo]
    """The models."""


class Agent(KindResource, module=DYNAMIC_MODULE, name="Agent"):
    """A versioned definition of a coding agent: its model, system prompt, tools, MCP servers and skills. Nothing
    about an agent needs a new one: each change makes a new version in place. Sessions keep the version they
    were created with. Removing the resource archives the agent; its history stays readable.
    """

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        source: pulumi.Input[str | os.PathLike[str]] | None = None,
        name: pulumi.Input[str] | None = None,
        model: pulumi.Input[str | ModelConfigArgs] | None = None,
        description: pulumi.Input[str] | None = None,
        system: pulumi.Input[str] | None = None,
        tools: pulumi.Input[Sequence[pulumi.Input[AgentToolsetArgs | BrowserToolsetArgs | McpToolsetArgs | CustomToolArgs]]] | None = None,
        mcp_servers: pulumi.Input[Sequence[pulumi.Input[McpServerArgs]]] | None = None,
        skills: pulumi.Input[Sequence[pulumi.Input[SkillArgs | Skill]]] | None = None,
        multiagent: pulumi.Input[CoordinatorArgs | Multiagent20261001Args] | None = None,
        metadata: pulumi.Input[Mapping[str, pulumi.Input[str]]] | None = None,
        execution_identity: pulumi.Input[ServiceAccountArgs | AwsRoleArgs] | None = None,
    ) -> None:
        """Declares the resource.

        Args:
            resource_name: The resource's name in the program.
            opts: Pulumi's options for it.
            source: A text or Markdown file, no link to one. Its text is the resource's prose; front matter
                (YAML between two lines `---`, in snake_case) gives further properties. What the program says
                itself comes first. Not sent to the platform: the file is read by each preview, and its text
                compared.
            name: Shown to people (default: the resource's name).
            model: The model: its id, or an object with id, effort, speed and place.
            description: What the agent is for.
            system: The system prompt.
            tools: Toolsets and custom tools, in any order.
            mcp_servers: MCP servers; each has to be used by an `mcp_toolset`.
            skills: Skills by reference; they need the `read` tool.
            multiagent: How the agent works with other agents.
            metadata: Labels of your own. A key that you remove is removed on the platform; keys that others set
                are left alone.
            execution_identity: Whose rights the agent's sessions use (default: the service account). Only on
                Claude Managed Agents. Probably not on self-hosted Claude Managed Agents.
        """
        super().__init__(
            resource_name,
            {
                "source": source,
                "name": name,
                "model": model,
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
    def source(self) -> pulumi.Output[str | None]:
        """A text or Markdown file, no link to one. Its text is the resource's prose; front matter (YAML between
        two lines `---`, in snake_case) gives further properties. What the program says itself comes first.
        """
        output: pulumi.Output[str | None] = self._output("source")
        return output

    @property
    def name(self) -> pulumi.Output[str]:
        """Shown to people (default: the resource's name)."""
        output: pulumi.Output[str] = self._output("name")
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


class Environment(KindResource, module=DYNAMIC_MODULE, name="Environment"):
    """The container that sessions run in: networking and packages. Changes are made in place and reach sessions
    that are created afterwards; only a change between `cloud` and `self_hosted` needs a new environment.
    Removing it deletes the environment, or archives it while sessions still refer to it.
    """

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        source: pulumi.Input[str | os.PathLike[str]] | None = None,
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
            source: A text or Markdown file, no link to one. Its text is the resource's prose; front matter
                (YAML between two lines `---`, in snake_case) gives further properties. What the program says
                itself comes first. Not sent to the platform: the file is read by each preview, and its text
                compared.
            name: Shown to people (default: the resource's name and 7 random digits).
            description: What the environment is for.
            config: Where it runs, what it may reach and what is installed (default: a cloud container; on a
                self-hosted server, which has none, `self_hosted`).
            metadata: Labels of your own. A key that you remove is removed on the platform; keys that others set
                are left alone.
            scope: Who sees it; organizations on the API have `organization` only. Only on Claude Managed
                Agents.
        """
        super().__init__(
            resource_name,
            {
                "source": source,
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
    def source(self) -> pulumi.Output[str | None]:
        """A text or Markdown file, no link to one. Its text is the resource's prose; front matter (YAML between
        two lines `---`, in snake_case) gives further properties. What the program says itself comes first.
        """
        output: pulumi.Output[str | None] = self._output("source")
        return output

    @property
    def name(self) -> pulumi.Output[str]:
        """Shown to people (default: the resource's name and 7 random digits)."""
        output: pulumi.Output[str] = self._output("name")
        return output

    @property
    def description(self) -> pulumi.Output[str | None]:
        """What the environment is for."""
        output: pulumi.Output[str | None] = self._output("description")
        return output

    @property
    def config(self) -> pulumi.Output[Mapping[str, Any] | None]:
        """Where it runs, what it may reach and what is installed (default: a cloud container; on a self-hosted
        server, which has none, `self_hosted`).
        """
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


class RepositoryResource(KindResource, module=DYNAMIC_MODULE, name="RepositoryResource"):
    """A GitHub repository to mount into sessions, which take it in `resources`. Its address, path and checkout are
    fixed once a session runs: changing one replaces this resource and every session that mounts it. Its token
    is rotated in place, on the running sessions. With `session_id` it looks after the mount of a session that
    something else created; removing it leaves that mount where it is. Probably not on self-hosted Claude
    Managed Agents.
    """

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        url: pulumi.Input[str],
        mount_path: pulumi.Input[str | os.PathLike[str]] | None = None,
        checkout: pulumi.Input[BranchCheckoutArgs | CommitCheckoutArgs] | None = None,
        authorization_token: pulumi.Input[str] | None = None,
        session_id: pulumi.Input[str | Session] | None = None,
        verify_access: pulumi.Input[bool] | None = None,
        needs: pulumi.Input[Sequence[pulumi.Input[Literal["push", "pull_requests", "read_issues", "issues"]]]] | None = None,
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
                from a running session. On Qoder Cloud Agents: Required: nothing is cloned without a token
                there, even for a public repository.
            session_id: Bound mode: the session, created elsewhere, whose mount of this repository is looked
                after. A change replaces the resource: a mount belongs to one session for life.
            verify_access: Ask GitHub, before anything is created, whether the token can read the repository and
                what is to be checked out is there (default: false). A no is an error that says what is missing;
                no answer is a warning. Not sent to the platform: GitHub is asked when the repository is
                declared, and whenever its token changes.
            needs: With `verify_access`: what the work needs of the token beyond the clone (`push`,
                `pull_requests` to open and comment on them, `read_issues`, `issues` to write them). What GitHub
                says it may not do is an error. GitHub does not tell what fine-grained tokens and those of apps
                may write: the preview warns of that. Not sent to the platform: GitHub is asked with
                `verify_access`.
        """
        super().__init__(
            resource_name,
            {
                "url": url,
                "mount_path": mount_path,
                "checkout": checkout,
                "authorization_token": authorization_token,
                "session_id": session_id,
                "verify_access": verify_access,
                "needs": needs,
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
    def verify_access(self) -> pulumi.Output[bool | None]:
        """Ask GitHub, before anything is created, whether the token can read the repository and what is to be
        checked out is there (default: false). A no is an error that says what is missing; no answer is a
        warning.
        """
        output: pulumi.Output[bool | None] = self._output("verifyAccess")
        return output

    @property
    def needs(self) -> pulumi.Output[Sequence[str] | None]:
        """With `verify_access`: what the work needs of the token beyond the clone (`push`, `pull_requests` to open
        and comment on them, `read_issues`, `issues` to write them). What GitHub says it may not do is an error.
        GitHub does not tell what fine-grained tokens and those of apps may write: the preview warns of that.
        """
        output: pulumi.Output[Sequence[str] | None] = self._output("needs")
        return output

    @property
    def token_expires_at(self) -> pulumi.Output[str | None]:
        """With `verify_access`: when the token expires (RFC 3339), where GitHub says so."""
        output: pulumi.Output[str | None] = self._output("tokenExpiresAt")
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


class Session(KindResource, module=DYNAMIC_MODULE, name="Session"):
    """An agent at work in an environment, on mounted repositories, files and memory stores. A rotated repository
    token, files, title, metadata, budget and tool overrides change on the living session; everything else needs
    a new session, which is created before the old one is archived.
    """

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        agent: pulumi.Input[str | AgentReferenceArgs | Agent],
        environment_id: pulumi.Input[str | Environment],
        title: pulumi.Input[str] | None = None,
        metadata: pulumi.Input[Mapping[str, pulumi.Input[str]]] | None = None,
        resources: pulumi.Input[Sequence[pulumi.Input[RepositoryEntryArgs | GitRepositoryEntryArgs | FileEntryArgs | MemoryStoreEntryArgs | RepositoryResource | File | MemoryStore]]] | None = None,
        vault_ids: pulumi.Input[Sequence[pulumi.Input[str | Vault]]] | None = None,
        budget: pulumi.Input[BudgetArgs] | None = None,
        environment_variables: pulumi.Input[Mapping[str, pulumi.Input[str]]] | None = None,
        initial_events: pulumi.Input[Sequence[pulumi.Input[UserMessageArgs | UserDefineOutcomeArgs]]] | None = None,
        on_delete: pulumi.Input[Literal["archive", "delete"]] | None = None,
        interrupt_on_delete: pulumi.Input[bool] | None = None,
        leave_running_on_delete: pulumi.Input[bool] | None = None,
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
            budget: The most that the session may cost. On Claude it can be raised, and lowered to what is
                spent; once removed it cannot come back. Adding it later replaces the resource: a budget can
                only be set when a session is created. On Qoder Cloud Agents: A change replaces the resource: no
                document of the platform says that a budget can change.
            environment_variables: Variables of the container. Keep secrets in a vault. Only on Qoder Cloud
                Agents. A change replaces the resource: the container gets them when it starts.
            initial_events: What the session starts with: messages, and at most one outcome. The session runs at
                once. Only on Claude Managed Agents. A change replaces the resource: they start the session and
                are sent once. Not compared with the platform: they are not read back.
            on_delete: What removing the resource does: `archive` (the default) keeps the transcript. Not sent
                to the platform: read when the session is removed.
            interrupt_on_delete: Interrupt a running session to remove it, instead of waiting for it (default:
                false). Not sent to the platform: read when the session is removed.
            leave_running_on_delete: Let a session go on that is running when it is removed or replaced, instead
                of waiting for it: it leaves the state, and archiving it is up to you (default: false). Not sent
                to the platform: read when the session is removed.
            delete_timeout_seconds: How long a session that is running when it is removed or replaced gets to
                come to rest. Not sent to the platform: read when the session is removed.
            wait_for_ready: Wait until the session is idle and has cloned its repositories (default: false). Not
                sent to the platform: read when the session is created or a token rotated.
            ready_timeout_seconds: How long `wait_for_ready` waits. Not sent to the platform: read when the
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
                "environment_variables": environment_variables,
                "initial_events": initial_events,
                "on_delete": on_delete,
                "interrupt_on_delete": interrupt_on_delete,
                "leave_running_on_delete": leave_running_on_delete,
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
        """The most that the session may cost. On Claude it can be raised, and lowered to what is spent; once
        removed it cannot come back.
        """
        output: pulumi.Output[Mapping[str, Any] | None] = self._output("budget")
        return output

    @property
    def environment_variables(self) -> pulumi.Output[Mapping[str, str] | None]:
        """Variables of the container. Keep secrets in a vault."""
        output: pulumi.Output[Mapping[str, str] | None] = self._output("environmentVariables")
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
    def leave_running_on_delete(self) -> pulumi.Output[bool | None]:
        """Let a session go on that is running when it is removed or replaced, instead of waiting for it: it leaves
        the state, and archiving it is up to you (default: false).
        """
        output: pulumi.Output[bool | None] = self._output("leaveRunningOnDelete")
        return output

    @property
    def delete_timeout_seconds(self) -> pulumi.Output[int | None]:
        """How long a session that is running when it is removed or replaced gets to come to rest."""
        output: pulumi.Output[int | None] = self._output("deleteTimeoutSeconds")
        return output

    @property
    def wait_for_ready(self) -> pulumi.Output[bool | None]:
        """Wait until the session is idle and has cloned its repositories (default: false)."""
        output: pulumi.Output[bool | None] = self._output("waitForReady")
        return output

    @property
    def ready_timeout_seconds(self) -> pulumi.Output[int | None]:
        """How long `wait_for_ready` waits."""
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
    def stop_reason(self) -> pulumi.Output[StopReason | None]:
        """Why it rests, and what it waits for; read by `pulumi refresh` of a session that has worked."""
        output: pulumi.Output[StopReason | None] = self._output("stopReason")
        return output

    @property
    def outcome_evaluations(self) -> pulumi.Output[Sequence[OutcomeEvaluation] | None]:
        """What is to be reached, and how far, when last read."""
        output: pulumi.Output[Sequence[OutcomeEvaluation] | None] = self._output("outcomeEvaluations")
        return output

    @property
    def budget_usage(self) -> pulumi.Output[BudgetUsage | None]:
        """What it has cost of its budget, where it has one, when last read."""
        output: pulumi.Output[BudgetUsage | None] = self._output("budgetUsage")
        return output

    @property
    def usage(self) -> pulumi.Output[Mapping[str, Any]]:
        """Tokens and cost, when last read."""
        output: pulumi.Output[Mapping[str, Any]] = self._output("usage")
        return output

    @property
    def stats(self) -> pulumi.Output[Mapping[str, Any]]:
        """Time spent, when last read."""
        output: pulumi.Output[Mapping[str, Any]] = self._output("stats")
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


class SessionEvents(KindResource, module=DYNAMIC_MODULE, name="SessionEvents"):
    """Events sent to a session: a task, an interrupt, an answer to a tool that asks. They are sent when the
    resource is created, and again when they or `trigger` change. Removing the resource takes nothing back.
    """

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        source: pulumi.Input[str | os.PathLike[str]] | None = None,
        session_id: pulumi.Input[str | Session] | None = None,
        events: pulumi.Input[Sequence[pulumi.Input[UserMessageArgs | UserDefineOutcomeArgs | UserInterruptArgs | UserToolConfirmationArgs | UserCustomToolResultArgs | UserToolResultArgs | SystemMessageArgs]]] | None = None,
        trigger: pulumi.Input[str] | None = None,
        wait_for_idle: pulumi.Input[bool] | None = None,
        idle_timeout_seconds: pulumi.Input[int] | None = None,
    ) -> None:
        """Declares the resource.

        Args:
            resource_name: The resource's name in the program.
            opts: Pulumi's options for it.
            source: A text or Markdown file, no link to one. Its text is the resource's prose; front matter
                (YAML between two lines `---`, in snake_case) gives further properties. What the program says
                itself comes first. Not sent to the platform: the file is read by each preview, and its text
                compared.
            session_id: The session's id. A change replaces the resource: what was said to a session stays
                there.
            events: Sent in this order, when the resource is created and whenever they change. Not compared with
                the platform: events are sent, and stay in the session's history.
            trigger: Any text; when it changes, the events are sent again. Not sent to the platform: a change
                sends the events again.
            wait_for_idle: Wait until the session has come to rest, and keep what the agent said (default:
                false). Not sent to the platform: read when the events are sent.
            idle_timeout_seconds: How long `wait_for_idle` waits. Not sent to the platform: read when the events
                are sent.
        """
        super().__init__(
            resource_name,
            {
                "source": source,
                "session_id": session_id,
                "events": events,
                "trigger": trigger,
                "wait_for_idle": wait_for_idle,
                "idle_timeout_seconds": idle_timeout_seconds,
            },
            opts,
        )

    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str], opts: pulumi.ResourceOptions | None = None
    ) -> SessionEvents:
        """Looks an existing SessionEvents up by its id; it is read, and never changed or removed."""
        found: SessionEvents = cls._existing(resource_name, id, opts)
        return found

    @property
    def source(self) -> pulumi.Output[str | None]:
        """A text or Markdown file, no link to one. Its text is the resource's prose; front matter (YAML between
        two lines `---`, in snake_case) gives further properties. What the program says itself comes first.
        """
        output: pulumi.Output[str | None] = self._output("source")
        return output

    @property
    def session_id(self) -> pulumi.Output[str]:
        """The session's id."""
        output: pulumi.Output[str] = self._output("sessionId")
        return output

    @property
    def events(self) -> pulumi.Output[Sequence[Mapping[str, Any]]]:
        """Sent in this order, when the resource is created and whenever they change."""
        output: pulumi.Output[Sequence[Mapping[str, Any]]] = self._output("events")
        return output

    @property
    def trigger(self) -> pulumi.Output[str | None]:
        """Any text; when it changes, the events are sent again."""
        output: pulumi.Output[str | None] = self._output("trigger")
        return output

    @property
    def wait_for_idle(self) -> pulumi.Output[bool | None]:
        """Wait until the session has come to rest, and keep what the agent said (default: false)."""
        output: pulumi.Output[bool | None] = self._output("waitForIdle")
        return output

    @property
    def idle_timeout_seconds(self) -> pulumi.Output[int | None]:
        """How long `wait_for_idle` waits."""
        output: pulumi.Output[int | None] = self._output("idleTimeoutSeconds")
        return output

    @property
    def event_ids(self) -> pulumi.Output[Sequence[str]]:
        """The ids of the events that were sent last."""
        output: pulumi.Output[Sequence[str]] = self._output("eventIds")
        return output

    @property
    def status(self) -> pulumi.Output[str | None]:
        """The session's status after `wait_for_idle`."""
        output: pulumi.Output[str | None] = self._output("status")
        return output

    @property
    def stop_reason(self) -> pulumi.Output[str | None]:
        """Why the session came to rest, such as `end_turn`."""
        output: pulumi.Output[str | None] = self._output("stopReason")
        return output

    @property
    def last_agent_message(self) -> pulumi.Output[str | None]:
        """What the agent said last before it came to rest."""
        output: pulumi.Output[str | None] = self._output("lastAgentMessage")
        return output


class Deployment(KindResource, module=DYNAMIC_MODULE, name="Deployment"):
    """An agent with an environment, first messages, repositories and credentials, started by a schedule or by
    `run_trigger`. Everything about it changes in place and holds for the sessions that it starts afterwards.
    Removing it archives the deployment; its sessions go on. Not on Claude Platform on AWS.
    """

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        source: pulumi.Input[str | os.PathLike[str]] | None = None,
        name: pulumi.Input[str] | None = None,
        description: pulumi.Input[str] | None = None,
        agent: pulumi.Input[str | DeploymentAgentArgs | Agent] | None = None,
        environment_id: pulumi.Input[str | Environment] | None = None,
        initial_events: pulumi.Input[Sequence[pulumi.Input[UserMessageArgs | UserDefineOutcomeArgs | SystemMessageArgs]]] | None = None,
        schedule: pulumi.Input[ScheduleArgs] | None = None,
        paused: pulumi.Input[bool] | None = None,
        run_trigger: pulumi.Input[str] | None = None,
        resources: pulumi.Input[Sequence[pulumi.Input[RepositoryEntryArgs | GitRepositoryEntryArgs | FileEntryArgs | MemoryStoreEntryArgs | RepositoryResource | File | MemoryStore]]] | None = None,
        vault_ids: pulumi.Input[Sequence[pulumi.Input[str | Vault]]] | None = None,
        budget: pulumi.Input[BudgetArgs] | None = None,
        environment_variables: pulumi.Input[Mapping[str, pulumi.Input[str]]] | None = None,
        metadata: pulumi.Input[Mapping[str, pulumi.Input[str]]] | None = None,
    ) -> None:
        """Declares the resource.

        Args:
            resource_name: The resource's name in the program.
            opts: Pulumi's options for it.
            source: A text or Markdown file, no link to one. Its text is the resource's prose; front matter
                (YAML between two lines `---`, in snake_case) gives further properties. What the program says
                itself comes first. Not sent to the platform: the file is read by each preview, and its text
                compared.
            name: Shown to people (default: the resource's name).
            description: What it is for.
            agent: The agent: its id, or an object with id and version.
            environment_id: The environment's id.
            initial_events: What each session starts with.
            schedule: When it runs by itself (default: only on demand). On Qoder Cloud Agents: Removing it
                replaces the resource: the platform cannot take a schedule away.
            paused: Whether the schedule rests. Left out, a pause is reported and left alone, as is one by the
                platform. Not sent to the platform: set by pausing and unpausing.
            run_trigger: Any text; the deployment runs once when it is set and whenever it changes. Not sent to
                the platform: each change of it runs the deployment once.
            resources: What each session mounts: repositories, files and memory stores, in any order. Updated in
                place as a whole: the list is sent anew, with every token; sessions that run keep theirs.
            vault_ids: Vaults with the agent's credentials; the first that has one for a server wins.
            budget: The most that each session may cost. On Qoder Cloud Agents: A change replaces the resource:
                no document of the platform says that a budget can change.
            environment_variables: Variables of the container. Keep secrets in a vault. Only on Qoder Cloud
                Agents.
            metadata: Labels of your own. A key that you remove is removed on the platform; keys that others set
                are left alone.
        """
        super().__init__(
            resource_name,
            {
                "source": source,
                "name": name,
                "description": description,
                "agent": agent,
                "environment_id": environment_id,
                "initial_events": initial_events,
                "schedule": schedule,
                "paused": paused,
                "run_trigger": run_trigger,
                "resources": resources,
                "vault_ids": vault_ids,
                "budget": budget,
                "environment_variables": environment_variables,
                "metadata": metadata,
            },
            opts,
        )

    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str], opts: pulumi.ResourceOptions | None = None
    ) -> Deployment:
        """Looks an existing Deployment up by its id; it is read, and never changed or removed."""
        found: Deployment = cls._existing(resource_name, id, opts)
        return found

    @property
    def source(self) -> pulumi.Output[str | None]:
        """A text or Markdown file, no link to one. Its text is the resource's prose; front matter (YAML between
        two lines `---`, in snake_case) gives further properties. What the program says itself comes first.
        """
        output: pulumi.Output[str | None] = self._output("source")
        return output

    @property
    def name(self) -> pulumi.Output[str]:
        """Shown to people (default: the resource's name)."""
        output: pulumi.Output[str] = self._output("name")
        return output

    @property
    def description(self) -> pulumi.Output[str | None]:
        """What it is for."""
        output: pulumi.Output[str | None] = self._output("description")
        return output

    @property
    def agent(self) -> pulumi.Output[str | Mapping[str, Any]]:
        """The agent: its id, or an object with id and version."""
        output: pulumi.Output[str | Mapping[str, Any]] = self._output("agent")
        return output

    @property
    def environment_id(self) -> pulumi.Output[str]:
        """The environment's id."""
        output: pulumi.Output[str] = self._output("environmentId")
        return output

    @property
    def initial_events(self) -> pulumi.Output[Sequence[Mapping[str, Any]]]:
        """What each session starts with."""
        output: pulumi.Output[Sequence[Mapping[str, Any]]] = self._output("initialEvents")
        return output

    @property
    def schedule(self) -> pulumi.Output[Mapping[str, Any] | None]:
        """When it runs by itself (default: only on demand)."""
        output: pulumi.Output[Mapping[str, Any] | None] = self._output("schedule")
        return output

    @property
    def paused(self) -> pulumi.Output[bool | None]:
        """Whether the schedule rests. Left out, a pause is reported and left alone, as is one by the platform."""
        output: pulumi.Output[bool | None] = self._output("paused")
        return output

    @property
    def run_trigger(self) -> pulumi.Output[str | None]:
        """Any text; the deployment runs once when it is set and whenever it changes."""
        output: pulumi.Output[str | None] = self._output("runTrigger")
        return output

    @property
    def resources(self) -> pulumi.Output[Sequence[Mapping[str, Any]] | None]:
        """What each session mounts: repositories, files and memory stores, in any order."""
        output: pulumi.Output[Sequence[Mapping[str, Any]] | None] = self._output("resources")
        return output

    @property
    def vault_ids(self) -> pulumi.Output[Sequence[str] | None]:
        """Vaults with the agent's credentials; the first that has one for a server wins."""
        output: pulumi.Output[Sequence[str] | None] = self._output("vaultIds")
        return output

    @property
    def budget(self) -> pulumi.Output[Mapping[str, Any] | None]:
        """The most that each session may cost."""
        output: pulumi.Output[Mapping[str, Any] | None] = self._output("budget")
        return output

    @property
    def environment_variables(self) -> pulumi.Output[Mapping[str, str] | None]:
        """Variables of the container. Keep secrets in a vault."""
        output: pulumi.Output[Mapping[str, str] | None] = self._output("environmentVariables")
        return output

    @property
    def metadata(self) -> pulumi.Output[Mapping[str, str] | None]:
        """Labels of your own. A key that you remove is removed on the platform; keys that others set are left
        alone.
        """
        output: pulumi.Output[Mapping[str, str] | None] = self._output("metadata")
        return output

    @property
    def status(self) -> pulumi.Output[str]:
        """`active` or `paused`, when last read."""
        output: pulumi.Output[str] = self._output("status")
        return output

    @property
    def paused_reason(self) -> pulumi.Output[PausedReason | None]:
        """Why it is paused."""
        output: pulumi.Output[PausedReason | None] = self._output("pausedReason")
        return output

    @property
    def agent_version(self) -> pulumi.Output[int]:
        """The agent's version that it runs."""
        output: pulumi.Output[int] = self._output("agentVersion")
        return output

    @property
    def last_run_at(self) -> pulumi.Output[str | None]:
        """When its schedule last ran it (RFC 3339)."""
        output: pulumi.Output[str | None] = self._output("lastRunAt")
        return output

    @property
    def upcoming_runs_at(self) -> pulumi.Output[Sequence[str] | None]:
        """When its schedule will run it next (RFC 3339)."""
        output: pulumi.Output[Sequence[str] | None] = self._output("upcomingRunsAt")
        return output

    @property
    def triggered_run_id(self) -> pulumi.Output[str | None]:
        """The run that `run_trigger` last started."""
        output: pulumi.Output[str | None] = self._output("triggeredRunId")
        return output

    @property
    def triggered_session_id(self) -> pulumi.Output[str | None]:
        """The session of that run."""
        output: pulumi.Output[str | None] = self._output("triggeredSessionId")
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


class Vault(KindResource, module=DYNAMIC_MODULE, name="Vault"):
    """A place for the credentials of an agent's MCP servers and tools. Sessions and deployments name it in
    `vault_ids`. Removing it archives the vault, or deletes it: either erases the secrets of all its
    credentials.
    """

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        display_name: pulumi.Input[str] | None = None,
        metadata: pulumi.Input[Mapping[str, pulumi.Input[str]]] | None = None,
        on_delete: pulumi.Input[Literal["archive", "delete"]] | None = None,
    ) -> None:
        """Declares the resource.

        Args:
            resource_name: The resource's name in the program.
            opts: Pulumi's options for it.
            display_name: Shown to people (default: the resource's name). On Claude Managed Agents: At most 255
                characters. On Qoder Cloud Agents: A change replaces the resource: the platform cannot update a
                vault.
            metadata: Labels of your own. A key that you remove is removed on the platform; keys that others set
                are left alone. On Qoder Cloud Agents: A change replaces the resource: the platform cannot
                update a vault.
            on_delete: What removing the resource does: `archive` (the default) keeps a record, `delete` keeps
                nothing, and cannot be taken back. Not sent to the platform: read when the resource is removed.
        """
        super().__init__(
            resource_name,
            {
                "display_name": display_name,
                "metadata": metadata,
                "on_delete": on_delete,
            },
            opts,
        )

    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str], opts: pulumi.ResourceOptions | None = None
    ) -> Vault:
        """Looks an existing Vault up by its id; it is read, and never changed or removed."""
        found: Vault = cls._existing(resource_name, id, opts)
        return found

    @property
    def display_name(self) -> pulumi.Output[str]:
        """Shown to people (default: the resource's name)."""
        output: pulumi.Output[str] = self._output("displayName")
        return output

    @property
    def metadata(self) -> pulumi.Output[Mapping[str, str] | None]:
        """Labels of your own. A key that you remove is removed on the platform; keys that others set are left
        alone.
        """
        output: pulumi.Output[Mapping[str, str] | None] = self._output("metadata")
        return output

    @property
    def on_delete(self) -> pulumi.Output[str | None]:
        """What removing the resource does: `archive` (the default) keeps a record, `delete` keeps nothing, and
        cannot be taken back.
        """
        output: pulumi.Output[str | None] = self._output("onDelete")
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


class Credential(KindResource, module=DYNAMIC_MODULE, name="Credential"):
    """A secret in a vault: a bearer token or OAuth tokens for an MCP server, or an environment variable. Changing
    a secret rotates it in place, and sends that secret only; running sessions follow. What it is for cannot
    change: that replaces the credential, the old one first, since a vault has one per address and name.
    """

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        vault_id: pulumi.Input[str | Vault],
        auth: pulumi.Input[McpOAuthArgs | StaticBearerArgs | EnvironmentVariableArgs],
        display_name: pulumi.Input[str] | None = None,
        metadata: pulumi.Input[Mapping[str, pulumi.Input[str]]] | None = None,
        validate_token: pulumi.Input[bool] | None = None,
        on_delete: pulumi.Input[Literal["archive", "delete"]] | None = None,
    ) -> None:
        """Declares the resource.

        Args:
            resource_name: The resource's name in the program.
            opts: Pulumi's options for it.
            vault_id: The vault's id. A change replaces the resource: a credential cannot move to another vault.
            auth: The secret and what it is for: a bearer token, OAuth, or an environment variable.
            display_name: Shown to people (default: the resource's name). On Qoder Cloud Agents: A change
                replaces the resource: the platform cannot rename a credential. Not compared with the platform:
                the platform does not show it.
            metadata: Labels of your own. A key that you remove is removed on the platform; keys that others set
                are left alone.
            validate_token: Have the platform try an OAuth token with its server when the credential is created
                or changed: one that is refused is an error, and stays one until another is given (default:
                false). Not sent to the platform: the platform tries the token whenever the credential is
                created or changed. `True` not on Claude Platform on AWS.
            on_delete: What removing the resource does: `delete` (the default) keeps nothing, `archive` erases
                the secret and keeps a record. Not sent to the platform: read when the resource is removed.
        """
        super().__init__(
            resource_name,
            {
                "vault_id": vault_id,
                "auth": auth,
                "display_name": display_name,
                "metadata": metadata,
                "validate_token": validate_token,
                "on_delete": on_delete,
            },
            opts,
        )

    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str], opts: pulumi.ResourceOptions | None = None
    ) -> Credential:
        """Looks an existing Credential up by its id; it is read, and never changed or removed."""
        found: Credential = cls._existing(resource_name, id, opts)
        return found

    @property
    def vault_id(self) -> pulumi.Output[str]:
        """The vault's id."""
        output: pulumi.Output[str] = self._output("vaultId")
        return output

    @property
    def auth(self) -> pulumi.Output[Mapping[str, Any]]:
        """The secret and what it is for: a bearer token, OAuth, or an environment variable."""
        output: pulumi.Output[Mapping[str, Any]] = self._output("auth")
        return output

    @property
    def display_name(self) -> pulumi.Output[str]:
        """Shown to people (default: the resource's name)."""
        output: pulumi.Output[str] = self._output("displayName")
        return output

    @property
    def metadata(self) -> pulumi.Output[Mapping[str, str] | None]:
        """Labels of your own. A key that you remove is removed on the platform; keys that others set are left
        alone.
        """
        output: pulumi.Output[Mapping[str, str] | None] = self._output("metadata")
        return output

    @property
    def validate_token(self) -> pulumi.Output[bool | None]:
        """Have the platform try an OAuth token with its server when the credential is created or changed: one that
        is refused is an error, and stays one until another is given (default: false).
        """
        output: pulumi.Output[bool | None] = self._output("validateToken")
        return output

    @property
    def on_delete(self) -> pulumi.Output[str | None]:
        """What removing the resource does: `delete` (the default) keeps nothing, `archive` erases the secret and
        keeps a record.
        """
        output: pulumi.Output[str | None] = self._output("onDelete")
        return output

    @property
    def token_status(self) -> pulumi.Output[str | None]:
        """What came of `validate_token` when it was last tried: `valid`, `invalid` or `unknown`."""
        output: pulumi.Output[str | None] = self._output("tokenStatus")
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


class MemoryStore(KindResource, module=DYNAMIC_MODULE, name="MemoryStore"):
    """A store of memories that sessions mount, to read or to write. Removing it archives the store: its memories
    stay readable, and no session can mount it any more. `on_delete: delete` removes them with all their
    versions.
    """

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        source: pulumi.Input[str | os.PathLike[str]] | None = None,
        name: pulumi.Input[str] | None = None,
        description: pulumi.Input[str] | None = None,
        metadata: pulumi.Input[Mapping[str, pulumi.Input[str]]] | None = None,
        on_delete: pulumi.Input[Literal["archive", "delete"]] | None = None,
    ) -> None:
        """Declares the resource.

        Args:
            resource_name: The resource's name in the program.
            opts: Pulumi's options for it.
            source: A text or Markdown file, no link to one. Its text is the resource's prose; front matter
                (YAML between two lines `---`, in snake_case) gives further properties. What the program says
                itself comes first. Not sent to the platform: the file is read by each preview, and its text
                compared.
            name: Shown to people, and the folder's name in sessions (default: the resource's name).
            description: What the store is for; agents read it.
            metadata: Labels of your own. A key that you remove is removed on the platform; keys that others set
                are left alone.
            on_delete: What removing the resource does: `archive` (the default) keeps a record, `delete` keeps
                nothing, and cannot be taken back. Not sent to the platform: read when the resource is removed.
        """
        super().__init__(
            resource_name,
            {
                "source": source,
                "name": name,
                "description": description,
                "metadata": metadata,
                "on_delete": on_delete,
            },
            opts,
        )

    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str], opts: pulumi.ResourceOptions | None = None
    ) -> MemoryStore:
        """Looks an existing MemoryStore up by its id; it is read, and never changed or removed."""
        found: MemoryStore = cls._existing(resource_name, id, opts)
        return found

    @property
    def source(self) -> pulumi.Output[str | None]:
        """A text or Markdown file, no link to one. Its text is the resource's prose; front matter (YAML between
        two lines `---`, in snake_case) gives further properties. What the program says itself comes first.
        """
        output: pulumi.Output[str | None] = self._output("source")
        return output

    @property
    def name(self) -> pulumi.Output[str]:
        """Shown to people, and the folder's name in sessions (default: the resource's name)."""
        output: pulumi.Output[str] = self._output("name")
        return output

    @property
    def description(self) -> pulumi.Output[str | None]:
        """What the store is for; agents read it."""
        output: pulumi.Output[str | None] = self._output("description")
        return output

    @property
    def metadata(self) -> pulumi.Output[Mapping[str, str] | None]:
        """Labels of your own. A key that you remove is removed on the platform; keys that others set are left
        alone.
        """
        output: pulumi.Output[Mapping[str, str] | None] = self._output("metadata")
        return output

    @property
    def on_delete(self) -> pulumi.Output[str | None]:
        """What removing the resource does: `archive` (the default) keeps a record, `delete` keeps nothing, and
        cannot be taken back.
        """
        output: pulumi.Output[str | None] = self._output("onDelete")
        return output

    @property
    def created_at(self) -> pulumi.Output[str]:
        """When it was created (RFC 3339)."""
        output: pulumi.Output[str] = self._output("createdAt")
        return output

    @property
    def updated_at(self) -> pulumi.Output[str]:
        """When its name, description or metadata last changed (RFC 3339)."""
        output: pulumi.Output[str] = self._output("updatedAt")
        return output


class Memory(KindResource, module=DYNAMIC_MODULE, name="Memory"):
    """A text in a memory store. An update or a removal is refused where the text is not the one last seen: agents
    write memories too. Removing the resource deletes the memory.
    """

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        source: pulumi.Input[str | os.PathLike[str]] | None = None,
        memory_store_id: pulumi.Input[str | MemoryStore] | None = None,
        path: pulumi.Input[str | os.PathLike[str]] | None = None,
        content: pulumi.Input[str] | None = None,
        metadata: pulumi.Input[Mapping[str, pulumi.Input[str]]] | None = None,
    ) -> None:
        """Declares the resource.

        Args:
            resource_name: The resource's name in the program.
            opts: Pulumi's options for it.
            source: A text or Markdown file, no link to one. Its text is the resource's prose; front matter
                (YAML between two lines `---`, in snake_case) gives further properties. What the program says
                itself comes first. Not sent to the platform: the file is read by each preview, and its text
                compared.
            memory_store_id: The store's id. A change replaces the resource: a memory cannot move to another
                store.
            path: Where it is in the store, such as `/style/python.md`. On Qoder Cloud Agents: A change replaces
                the resource: the platform cannot move a memory.
            content: The text.
            metadata: Labels of your own. A key that you remove is removed on the platform; keys that others set
                are left alone. Only on Qoder Cloud Agents.
        """
        super().__init__(
            resource_name,
            {
                "source": source,
                "memory_store_id": memory_store_id,
                "path": path,
                "content": content,
                "metadata": metadata,
            },
            opts,
        )

    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str], opts: pulumi.ResourceOptions | None = None
    ) -> Memory:
        """Looks an existing Memory up by its id; it is read, and never changed or removed."""
        found: Memory = cls._existing(resource_name, id, opts)
        return found

    @property
    def source(self) -> pulumi.Output[str | None]:
        """A text or Markdown file, no link to one. Its text is the resource's prose; front matter (YAML between
        two lines `---`, in snake_case) gives further properties. What the program says itself comes first.
        """
        output: pulumi.Output[str | None] = self._output("source")
        return output

    @property
    def memory_store_id(self) -> pulumi.Output[str]:
        """The store's id."""
        output: pulumi.Output[str] = self._output("memoryStoreId")
        return output

    @property
    def path(self) -> pulumi.Output[str]:
        """Where it is in the store, such as `/style/python.md`."""
        output: pulumi.Output[str] = self._output("path")
        return output

    @property
    def content(self) -> pulumi.Output[str | None]:
        """The text."""
        output: pulumi.Output[str | None] = self._output("content")
        return output

    @property
    def metadata(self) -> pulumi.Output[Mapping[str, str] | None]:
        """Labels of your own. A key that you remove is removed on the platform; keys that others set are left
        alone.
        """
        output: pulumi.Output[Mapping[str, str] | None] = self._output("metadata")
        return output

    @property
    def content_sha256(self) -> pulumi.Output[str]:
        """SHA-256 of the text, in hex."""
        output: pulumi.Output[str] = self._output("contentSha256")
        return output

    @property
    def content_size_bytes(self) -> pulumi.Output[int]:
        """Size of the text."""
        output: pulumi.Output[int] = self._output("contentSizeBytes")
        return output

    @property
    def memory_version_id(self) -> pulumi.Output[str]:
        """The version that the text has in the store's history."""
        output: pulumi.Output[str] = self._output("memoryVersionId")
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


class File(KindResource, module=DYNAMIC_MODULE, name="File"):
    """A file on the platform, from a local file or from text. Sessions mount it by its id. Its content cannot
    change: other bytes replace the file. On Qoder it is waited for until a session can mount it, for five
    minutes at most. Removing it deletes the file. Not on self-hosted Claude Managed Agents.
    """

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        path: pulumi.Input[str | os.PathLike[str]] | None = None,
        text: pulumi.Input[str] | None = None,
        including: pulumi.Input[Sequence[pulumi.Input[str]]] | None = None,
        filename: pulumi.Input[str] | None = None,
        expires_in_seconds: pulumi.Input[int] | None = None,
        metadata: pulumi.Input[Mapping[str, pulumi.Input[str]]] | None = None,
    ) -> None:
        """Declares the resource.

        Args:
            resource_name: The resource's name in the program.
            opts: Pulumi's options for it.
            path: A local file, no link to one; relative to the folder of the program. Not sent to the platform:
                the content is compared, wherever it comes from.
            text: The content itself, as text, in place of `path`. Not sent to the platform: the content is
                compared, wherever it comes from.
            including: Files and folders that are meant although their names say that they hold secrets (`.env`,
                `id_rsa`, `*.pem` and the like) or are left by tools, by name, path or pattern:
                `fixtures/*.pem`. All others are refused. Not sent to the platform: the content is compared,
                whatever it is called.
            filename: The file's name (default: the last part of `path`). A change replaces the resource:
                nothing about a file can change.
            expires_in_seconds: How long the platform keeps it (default: until it is deleted). A change replaces
                the resource: nothing about a file can change. Not compared with the platform: the platform
                shows the moment.
            metadata: Labels of your own. A key that you remove is removed on the platform; keys that others set
                are left alone. Only on Qoder Cloud Agents. A change replaces the resource: nothing about a file
                can change.
        """
        super().__init__(
            resource_name,
            {
                "path": path,
                "text": text,
                "including": including,
                "filename": filename,
                "expires_in_seconds": expires_in_seconds,
                "metadata": metadata,
            },
            opts,
        )

    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str], opts: pulumi.ResourceOptions | None = None
    ) -> File:
        """Looks an existing File up by its id; it is read, and never changed or removed."""
        found: File = cls._existing(resource_name, id, opts)
        return found

    @property
    def path(self) -> pulumi.Output[str | None]:
        """A local file, no link to one; relative to the folder of the program."""
        output: pulumi.Output[str | None] = self._output("path")
        return output

    @property
    def text(self) -> pulumi.Output[str | None]:
        """The content itself, as text, in place of `path`."""
        output: pulumi.Output[str | None] = self._output("text")
        return output

    @property
    def including(self) -> pulumi.Output[Sequence[str] | None]:
        """Files and folders that are meant although their names say that they hold secrets (`.env`, `id_rsa`,
        `*.pem` and the like) or are left by tools, by name, path or pattern: `fixtures/*.pem`. All others are
        refused.
        """
        output: pulumi.Output[Sequence[str] | None] = self._output("including")
        return output

    @property
    def filename(self) -> pulumi.Output[str | None]:
        """The file's name (default: the last part of `path`)."""
        output: pulumi.Output[str | None] = self._output("filename")
        return output

    @property
    def expires_in_seconds(self) -> pulumi.Output[int | None]:
        """How long the platform keeps it (default: until it is deleted)."""
        output: pulumi.Output[int | None] = self._output("expiresInSeconds")
        return output

    @property
    def metadata(self) -> pulumi.Output[Mapping[str, str] | None]:
        """Labels of your own. A key that you remove is removed on the platform; keys that others set are left
        alone.
        """
        output: pulumi.Output[Mapping[str, str] | None] = self._output("metadata")
        return output

    @property
    def sha256(self) -> pulumi.Output[str | None]:
        """SHA-256 of the content, in hex."""
        output: pulumi.Output[str | None] = self._output("sha256")
        return output

    @property
    def mime_type(self) -> pulumi.Output[str]:
        """The type that the platform found."""
        output: pulumi.Output[str] = self._output("mimeType")
        return output

    @property
    def size_bytes(self) -> pulumi.Output[int]:
        """The size."""
        output: pulumi.Output[int] = self._output("sizeBytes")
        return output

    @property
    def downloadable(self) -> pulumi.Output[bool]:
        """Whether the platform gives the bytes back."""
        output: pulumi.Output[bool] = self._output("downloadable")
        return output

    @property
    def expires_at(self) -> pulumi.Output[str | None]:
        """When the platform removes it (RFC 3339)."""
        output: pulumi.Output[str | None] = self._output("expiresAt")
        return output

    @property
    def status(self) -> pulumi.Output[str | None]:
        """On Qoder: `ready`, or `processing` while the platform is still looking at it."""
        output: pulumi.Output[str | None] = self._output("status")
        return output

    @property
    def created_at(self) -> pulumi.Output[str]:
        """When it was uploaded (RFC 3339)."""
        output: pulumi.Output[str] = self._output("createdAt")
        return output


class Skill(KindResource, module=DYNAMIC_MODULE, name="Skill"):
    """A folder of instructions, with a `SKILL.md` at its top, that agents load when they need it. Other content
    makes a new version of the same skill; another name in `SKILL.md` replaces it. Agents take it in `skills` by
    id, and by `latest_version_id` if they should follow. Links, files above the platform's limits, and files
    that usually hold secrets are refused.
    """

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        path: pulumi.Input[str | os.PathLike[str]],
        including: pulumi.Input[Sequence[pulumi.Input[str]]] | None = None,
        display_name: pulumi.Input[str] | None = None,
        metadata: pulumi.Input[Mapping[str, pulumi.Input[str]]] | None = None,
    ) -> None:
        """Declares the resource.

        Args:
            resource_name: The resource's name in the program.
            opts: Pulumi's options for it.
            path: A local folder with a `SKILL.md`, or a folder in a git repository at a commit
                (`https://HOST/OWNER/REPOSITORY/tree/COMMIT/FOLDER`), which your own git fetches. Not sent to
                the platform: the content is compared, wherever it comes from.
            including: Files and folders that are meant although their names say that they hold secrets (`.env`,
                `id_rsa`, `*.pem` and the like) or are left by tools, by name, path or pattern:
                `fixtures/*.pem`. All others are refused. Not sent to the platform: the content is compared,
                whatever it is called.
            display_name: Shown to people (default: the name in `SKILL.md`). A change replaces the resource: the
                platform cannot rename a skill.
            metadata: Labels of your own. A key that you remove is removed on the platform; keys that others set
                are left alone. Only on Qoder Cloud Agents. A change replaces the resource: the platform cannot
                change a skill's labels.
        """
        super().__init__(
            resource_name,
            {
                "path": path,
                "including": including,
                "display_name": display_name,
                "metadata": metadata,
            },
            opts,
        )

    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str], opts: pulumi.ResourceOptions | None = None
    ) -> Skill:
        """Looks an existing Skill up by its id; it is read, and never changed or removed."""
        found: Skill = cls._existing(resource_name, id, opts)
        return found

    @property
    def path(self) -> pulumi.Output[str]:
        """A local folder with a `SKILL.md`, or a folder in a git repository at a commit
        (`https://HOST/OWNER/REPOSITORY/tree/COMMIT/FOLDER`), which your own git fetches.
        """
        output: pulumi.Output[str] = self._output("path")
        return output

    @property
    def including(self) -> pulumi.Output[Sequence[str] | None]:
        """Files and folders that are meant although their names say that they hold secrets (`.env`, `id_rsa`,
        `*.pem` and the like) or are left by tools, by name, path or pattern: `fixtures/*.pem`. All others are
        refused.
        """
        output: pulumi.Output[Sequence[str] | None] = self._output("including")
        return output

    @property
    def display_name(self) -> pulumi.Output[str | None]:
        """Shown to people (default: the name in `SKILL.md`)."""
        output: pulumi.Output[str | None] = self._output("displayName")
        return output

    @property
    def metadata(self) -> pulumi.Output[Mapping[str, str] | None]:
        """Labels of your own. A key that you remove is removed on the platform; keys that others set are left
        alone.
        """
        output: pulumi.Output[Mapping[str, str] | None] = self._output("metadata")
        return output

    @property
    def skill_name(self) -> pulumi.Output[str | None]:
        """The name in `SKILL.md`."""
        output: pulumi.Output[str | None] = self._output("skillName")
        return output

    @property
    def sha256(self) -> pulumi.Output[str | None]:
        """SHA-256 over the names and contents of the files, in hex."""
        output: pulumi.Output[str | None] = self._output("sha256")
        return output

    @property
    def latest_version_id(self) -> pulumi.Output[str]:
        """The newest version; agents name it in `skills`."""
        output: pulumi.Output[str] = self._output("latestVersionId")
        return output

    @property
    def created_at(self) -> pulumi.Output[str]:
        """When it was created (RFC 3339)."""
        output: pulumi.Output[str] = self._output("createdAt")
        return output

    @property
    def updated_at(self) -> pulumi.Output[str]:
        """When it last changed (RFC 3339)."""
        output: pulumi.Output[str] = self._output("updatedAt")
        return output


class GitHubInstallationToken(KindResource, module=DYNAMIC_MODULE, name="GitHubInstallationToken"):
    """A short-lived token of a GitHub App for mounted repositories, with the least rights that the work needs. A
    preview that runs in the last third of its life replaces it: another one is minted, the sessions that mount
    with it get it without anything else changing, and then the old one is revoked. Removing the resource
    revokes the token.
    """

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        app_id: pulumi.Input[str],
        installation_id: pulumi.Input[str],
        private_key: pulumi.Input[str],
        repositories: pulumi.Input[Sequence[pulumi.Input[str]]] | None = None,
        permissions: pulumi.Input[Mapping[str, pulumi.Input[Literal["read", "write", "admin"]]]] | None = None,
    ) -> None:
        """Declares the resource.

        Args:
            resource_name: The resource's name in the program.
            opts: Pulumi's options for it.
            app_id: The app's id or client id. A change replaces the resource: a token belongs to one app.
            installation_id: The id of the app's installation on the account that owns the repositories. A
                change replaces the resource: a token belongs to one installation.
            private_key: The app's private key, in PEM. Secret: signs requests for tokens here, and is sent to
                nobody. Not sent to the platform: it never leaves this machine, and signs for the next token.
            repositories: Names of the repositories that the token reads (default: all of the installation). A
                change replaces the resource: what a token may do is fixed when it is minted.
            permissions: What the token may do, in GitHub's words: `contents: read` to clone, `contents: write`
                to push, `pull_requests: write` for pull requests, `issues: read` or `write` (default: all that
                the app may). A change replaces the resource: what a token may do is fixed when it is minted.
        """
        super().__init__(
            resource_name,
            {
                "app_id": app_id,
                "installation_id": installation_id,
                "private_key": private_key,
                "repositories": repositories,
                "permissions": permissions,
            },
            opts,
        )

    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str], opts: pulumi.ResourceOptions | None = None
    ) -> GitHubInstallationToken:
        """Looks an existing GitHubInstallationToken up by its id; it is read, and never changed or removed."""
        found: GitHubInstallationToken = cls._existing(resource_name, id, opts)
        return found

    @property
    def app_id(self) -> pulumi.Output[str]:
        """The app's id or client id."""
        output: pulumi.Output[str] = self._output("appId")
        return output

    @property
    def installation_id(self) -> pulumi.Output[str]:
        """The id of the app's installation on the account that owns the repositories."""
        output: pulumi.Output[str] = self._output("installationId")
        return output

    @property
    def private_key(self) -> pulumi.Output[str]:
        """The app's private key, in PEM."""
        output: pulumi.Output[str] = self._output("privateKey")
        return output

    @property
    def repositories(self) -> pulumi.Output[Sequence[str] | None]:
        """Names of the repositories that the token reads (default: all of the installation)."""
        output: pulumi.Output[Sequence[str] | None] = self._output("repositories")
        return output

    @property
    def permissions(self) -> pulumi.Output[Mapping[str, str] | None]:
        """What the token may do, in GitHub's words: `contents: read` to clone, `contents: write` to push,
        `pull_requests: write` for pull requests, `issues: read` or `write` (default: all that the app may).
        """
        output: pulumi.Output[Mapping[str, str] | None] = self._output("permissions")
        return output

    @property
    def token(self) -> pulumi.Output[str]:
        """The token: what `RepositoryResource.authorization_token` takes."""
        output: pulumi.Output[str] = self._output("token")
        return output

    @property
    def minted_at(self) -> pulumi.Output[str]:
        """When it was minted (RFC 3339)."""
        output: pulumi.Output[str] = self._output("mintedAt")
        return output

    @property
    def expires_at(self) -> pulumi.Output[str]:
        """When it expires (RFC 3339); a preview in its last third replaces it."""
        output: pulumi.Output[str] = self._output("expiresAt")
        return output


class UserProfile(KindResource, module=DYNAMIC_MODULE, name="UserProfile"):
    """Somebody whom an application serves: requests that name the profile are attributed to them. Everything
    changes in place, but what was once given can be replaced and not taken back: that needs a new profile.
    Removing the resource deletes the profile. Probably not on self-hosted Claude Managed Agents.
    """

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        name: pulumi.Input[str] | None = None,
        access_type: pulumi.Input[Literal["application", "passthrough"]] | None = None,
        external_user_details: pulumi.Input[ExternalUserDetailsArgs] | None = None,
        metadata: pulumi.Input[Mapping[str, pulumi.Input[str]]] | None = None,
    ) -> None:
        """Declares the resource.

        Args:
            resource_name: The resource's name in the program.
            opts: Pulumi's options for it.
            name: The name of the person or company, where it is known. Removing it replaces the resource: the
                platform keeps it once it is given.
            access_type: `application`: somebody who uses the application (the default); `passthrough`: a
                company to which access is resold.
            external_user_details: What the application says about them. Removing it replaces the resource: the
                platform keeps it once it is given.
            metadata: Labels of your own. A key that you remove is removed on the platform; keys that others set
                are left alone.
        """
        super().__init__(
            resource_name,
            {
                "name": name,
                "access_type": access_type,
                "external_user_details": external_user_details,
                "metadata": metadata,
            },
            opts,
        )

    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str], opts: pulumi.ResourceOptions | None = None
    ) -> UserProfile:
        """Looks an existing UserProfile up by its id; it is read, and never changed or removed."""
        found: UserProfile = cls._existing(resource_name, id, opts)
        return found

    @property
    def name(self) -> pulumi.Output[str | None]:
        """The name of the person or company, where it is known."""
        output: pulumi.Output[str | None] = self._output("name")
        return output

    @property
    def access_type(self) -> pulumi.Output[str | None]:
        """`application`: somebody who uses the application (the default); `passthrough`: a company to which access
        is resold.
        """
        output: pulumi.Output[str | None] = self._output("accessType")
        return output

    @property
    def external_user_details(self) -> pulumi.Output[Mapping[str, Any] | None]:
        """What the application says about them."""
        output: pulumi.Output[Mapping[str, Any] | None] = self._output("externalUserDetails")
        return output

    @property
    def metadata(self) -> pulumi.Output[Mapping[str, str] | None]:
        """Labels of your own. A key that you remove is removed on the platform; keys that others set are left
        alone.
        """
        output: pulumi.Output[Mapping[str, str] | None] = self._output("metadata")
        return output

    @property
    def enforcement_status(self) -> pulumi.Output[str]:
        """`unrestricted`, `pending`, `restricted` or `banned`, when last read."""
        output: pulumi.Output[str] = self._output("enforcementStatus")
        return output

    @property
    def enforcement_actions(self) -> pulumi.Output[Sequence[EnforcementAction]]:
        """The measures that are in force."""
        output: pulumi.Output[Sequence[EnforcementAction]] = self._output("enforcementActions")
        return output

    @property
    def programs(self) -> pulumi.Output[Mapping[str, Any] | None]:
        """The standing in the platform's programs, when last read."""
        output: pulumi.Output[Mapping[str, Any] | None] = self._output("programs")
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


class Dream(KindResource, module=DYNAMIC_MODULE, name="Dream"):
    """A job (research preview) that reads a memory store and sessions, and writes what was learnt in better order:
    into a new store, or into the same one. It is run when the resource is created, and again, as another dream,
    when what it is made of or `trigger` changes. Removing the resource cancels a dream that is at work and
    archives it; what it wrote stays, and a new store is nobody's until you take it over. Not on Claude Platform
    on AWS.
    """

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        memory_store_id: pulumi.Input[str | MemoryStore],
        session_ids: pulumi.Input[Sequence[pulumi.Input[str | Session]]],
        model: pulumi.Input[str | DreamModelArgs],
        instructions: pulumi.Input[str] | None = None,
        output_behavior: pulumi.Input[str | OutputBehaviorArgs] | None = None,
        trigger: pulumi.Input[str] | None = None,
        wait_for_completion: pulumi.Input[bool] | None = None,
        completion_timeout_seconds: pulumi.Input[int] | None = None,
    ) -> None:
        """Declares the resource.

        Args:
            resource_name: The resource's name in the program.
            opts: Pulumi's options for it.
            memory_store_id: The memory store that is read. A change replaces the resource: another run is
                another dream.
            session_ids: The sessions that are read. A change replaces the resource: another run is another
                dream.
            model: The model: its id, or an object with id and speed. A change replaces the resource: another
                run is another dream.
            instructions: What to look at, and how to order what is learnt. A change replaces the resource:
                another run is another dream.
            output_behavior: Where the result goes: `create_new` (default) or `update_existing`. A change
                replaces the resource: another run is another dream.
            trigger: Any text; when it changes, another dream is run. Not sent to the platform: a change runs
                another dream. A change replaces the resource: another run is another dream.
            wait_for_completion: Wait until it has ended; one that failed is an error then (default: false). Not
                sent to the platform: read when the dream is run.
            completion_timeout_seconds: How long `wait_for_completion` waits. Not sent to the platform: read
                when the dream is run.
        """
        super().__init__(
            resource_name,
            {
                "memory_store_id": memory_store_id,
                "session_ids": session_ids,
                "model": model,
                "instructions": instructions,
                "output_behavior": output_behavior,
                "trigger": trigger,
                "wait_for_completion": wait_for_completion,
                "completion_timeout_seconds": completion_timeout_seconds,
            },
            opts,
        )

    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str], opts: pulumi.ResourceOptions | None = None
    ) -> Dream:
        """Looks an existing Dream up by its id; it is read, and never changed or removed."""
        found: Dream = cls._existing(resource_name, id, opts)
        return found

    @property
    def memory_store_id(self) -> pulumi.Output[str]:
        """The memory store that is read."""
        output: pulumi.Output[str] = self._output("memoryStoreId")
        return output

    @property
    def session_ids(self) -> pulumi.Output[Sequence[str]]:
        """The sessions that are read."""
        output: pulumi.Output[Sequence[str]] = self._output("sessionIds")
        return output

    @property
    def model(self) -> pulumi.Output[str | Mapping[str, Any]]:
        """The model: its id, or an object with id and speed."""
        output: pulumi.Output[str | Mapping[str, Any]] = self._output("model")
        return output

    @property
    def instructions(self) -> pulumi.Output[str | None]:
        """What to look at, and how to order what is learnt."""
        output: pulumi.Output[str | None] = self._output("instructions")
        return output

    @property
    def output_behavior(self) -> pulumi.Output[str | Mapping[str, Any] | None]:
        """Where the result goes: `create_new` (default) or `update_existing`."""
        output: pulumi.Output[str | Mapping[str, Any] | None] = self._output("outputBehavior")
        return output

    @property
    def trigger(self) -> pulumi.Output[str | None]:
        """Any text; when it changes, another dream is run."""
        output: pulumi.Output[str | None] = self._output("trigger")
        return output

    @property
    def wait_for_completion(self) -> pulumi.Output[bool | None]:
        """Wait until it has ended; one that failed is an error then (default: false)."""
        output: pulumi.Output[bool | None] = self._output("waitForCompletion")
        return output

    @property
    def completion_timeout_seconds(self) -> pulumi.Output[int | None]:
        """How long `wait_for_completion` waits."""
        output: pulumi.Output[int | None] = self._output("completionTimeoutSeconds")
        return output

    @property
    def status(self) -> pulumi.Output[str]:
        """`pending`, `running`, `completed`, `failed` or `canceled`, when last read."""
        output: pulumi.Output[str] = self._output("status")
        return output

    @property
    def output_memory_store_id(self) -> pulumi.Output[str | None]:
        """The store with the result, which no stack owns where it is a new one."""
        output: pulumi.Output[str | None] = self._output("outputMemoryStoreId")
        return output

    @property
    def files_touched(self) -> pulumi.Output[Sequence[str] | None]:
        """On Qoder: the memories that were written."""
        output: pulumi.Output[Sequence[str] | None] = self._output("filesTouched")
        return output

    @property
    def session_id(self) -> pulumi.Output[str | None]:
        """The session that dreams; its events tell how far it is."""
        output: pulumi.Output[str | None] = self._output("sessionId")
        return output

    @property
    def error(self) -> pulumi.Output[DreamProblem | None]:
        """Why it failed."""
        output: pulumi.Output[DreamProblem | None] = self._output("error")
        return output

    @property
    def usage(self) -> pulumi.Output[DreamUsage | None]:
        """What it has used."""
        output: pulumi.Output[DreamUsage | None] = self._output("usage")
        return output

    @property
    def ended_at(self) -> pulumi.Output[str | None]:
        """When it ended (RFC 3339)."""
        output: pulumi.Output[str | None] = self._output("endedAt")
        return output

    @property
    def created_at(self) -> pulumi.Output[str]:
        """When it was created (RFC 3339)."""
        output: pulumi.Output[str] = self._output("createdAt")
        return output


class Tunnel(KindResource, module=DYNAMIC_MODULE, name="Tunnel"):
    """A tunnel to MCP servers in a network of your own (research preview): agents reach them at names below
    `domain`, and a connector in the network runs it with `token`. API keys are refused: it takes a provider
    instance whose federated credential has the scope `workspace:manage_tunnels`. The token is rotated in place,
    by `rotation_trigger`; any other change makes another tunnel, with another `domain`. Removing the resource
    archives the tunnel and its certificates for ever. Not on Claude Platform on AWS. Probably not on self-
    hosted Claude Managed Agents.
    """

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        display_name: pulumi.Input[str] | None = None,
        rotation_trigger: pulumi.Input[str] | None = None,
    ) -> None:
        """Declares the resource.

        Args:
            resource_name: The resource's name in the program.
            opts: Pulumi's options for it.
            display_name: Shown to people (default: the resource's name and some digits). A change replaces the
                resource: nothing about a tunnel can change; another one has another `domain`.
            rotation_trigger: Any text; when it changes, the token is rotated: the old one ends. Not sent to the
                platform: a change rotates the token.
        """
        super().__init__(
            resource_name,
            {
                "display_name": display_name,
                "rotation_trigger": rotation_trigger,
            },
            opts,
        )

    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str], opts: pulumi.ResourceOptions | None = None
    ) -> Tunnel:
        """Looks an existing Tunnel up by its id; it is read, and never changed or removed."""
        found: Tunnel = cls._existing(resource_name, id, opts)
        return found

    @property
    def display_name(self) -> pulumi.Output[str]:
        """Shown to people (default: the resource's name and some digits)."""
        output: pulumi.Output[str] = self._output("displayName")
        return output

    @property
    def rotation_trigger(self) -> pulumi.Output[str | None]:
        """Any text; when it changes, the token is rotated: the old one ends."""
        output: pulumi.Output[str | None] = self._output("rotationTrigger")
        return output

    @property
    def domain(self) -> pulumi.Output[str]:
        """The tunnel's host name: MCP servers are reached at names below it."""
        output: pulumi.Output[str] = self._output("domain")
        return output

    @property
    def token(self) -> pulumi.Output[str | None]:
        """What the connector in your network runs the tunnel with."""
        output: pulumi.Output[str | None] = self._output("token")
        return output

    @property
    def token_id(self) -> pulumi.Output[str | None]:
        """The token's id, which changes when it is rotated."""
        output: pulumi.Output[str | None] = self._output("tokenId")
        return output

    @property
    def created_at(self) -> pulumi.Output[str]:
        """When it was created (RFC 3339)."""
        output: pulumi.Output[str] = self._output("createdAt")
        return output


class TunnelCertificate(KindResource, module=DYNAMIC_MODULE, name="TunnelCertificate"):
    """The certificate of an authority that signs what your server shows at the end of a tunnel. Certificates are
    told by their fingerprints; another one is another object, made before the old one is archived: a tunnel has
    two at most. A preview refuses what the platform would, and warns for thirty days before the end. Removing
    the resource archives the certificate; without any, nothing goes through the tunnel. Not on Claude Platform
    on AWS. Probably not on self-hosted Claude Managed Agents.
    """

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        tunnel_id: pulumi.Input[str | Tunnel],
        ca_certificate_pem: pulumi.Input[str],
    ) -> None:
        """Declares the resource.

        Args:
            resource_name: The resource's name in the program.
            opts: Pulumi's options for it.
            tunnel_id: The tunnel's id. A change replaces the resource: a certificate cannot move to another
                tunnel.
            ca_certificate_pem: The authority's certificate in PEM: just one, and no private key. It signs what
                your server shows; the platform keeps it and shows its fingerprint. Not sent to the platform: it
                is sent once, and compared by its fingerprint.
        """
        super().__init__(
            resource_name,
            {
                "tunnel_id": tunnel_id,
                "ca_certificate_pem": ca_certificate_pem,
            },
            opts,
        )

    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str], opts: pulumi.ResourceOptions | None = None
    ) -> TunnelCertificate:
        """Looks an existing TunnelCertificate up by its id; it is read, and never changed or removed."""
        found: TunnelCertificate = cls._existing(resource_name, id, opts)
        return found

    @property
    def tunnel_id(self) -> pulumi.Output[str]:
        """The tunnel's id."""
        output: pulumi.Output[str] = self._output("tunnelId")
        return output

    @property
    def ca_certificate_pem(self) -> pulumi.Output[str]:
        """The authority's certificate in PEM: just one, and no private key. It signs what your server shows; the
        platform keeps it and shows its fingerprint.
        """
        output: pulumi.Output[str] = self._output("caCertificatePem")
        return output

    @property
    def fingerprint(self) -> pulumi.Output[str]:
        """SHA-256 of the certificate, in hex."""
        output: pulumi.Output[str] = self._output("fingerprint")
        return output

    @property
    def expires_at(self) -> pulumi.Output[str | None]:
        """When the certificate ends (RFC 3339)."""
        output: pulumi.Output[str | None] = self._output("expiresAt")
        return output

    @property
    def created_at(self) -> pulumi.Output[str]:
        """When it was created (RFC 3339)."""
        output: pulumi.Output[str] = self._output("createdAt")
        return output


def get_agent(id: str, version: int | None = None) -> GetAgentResult:
    """Looks up an Agent by its id, or as one of its versions was, without managing it.

    Args:
        id: The object's id.
        version: The version to show (default: the newest): what it said can be declared again.
    """
    return GetAgentResult(invoke("getAgent", {"id": id, "version": version}))


def get_agent_output(id: pulumi.Input[str | Agent], version: pulumi.Input[int] | None = None) -> pulumi.Output[GetAgentResult]:
    """As `get_agent`, with arguments that may be outputs of other resources."""
    return invoke_output("getAgent", {"id": id, "version": version}).apply(GetAgentResult)


def get_environment(id: str) -> GetEnvironmentResult:
    """Looks up an Environment by its id, without managing it.

    Args:
        id: The object's id.
    """
    return GetEnvironmentResult(invoke("getEnvironment", {"id": id}))


def get_environment_output(id: pulumi.Input[str | Environment]) -> pulumi.Output[GetEnvironmentResult]:
    """As `get_environment`, with arguments that may be outputs of other resources."""
    return invoke_output("getEnvironment", {"id": id}).apply(GetEnvironmentResult)


def get_session(id: str) -> GetSessionResult:
    """Looks up a Session by its id, without managing it.

    Args:
        id: The object's id.
    """
    return GetSessionResult(invoke("getSession", {"id": id}))


def get_session_output(id: pulumi.Input[str | Session]) -> pulumi.Output[GetSessionResult]:
    """As `get_session`, with arguments that may be outputs of other resources."""
    return invoke_output("getSession", {"id": id}).apply(GetSessionResult)


def get_deployment(id: str) -> GetDeploymentResult:
    """Looks up a Deployment by its id, without managing it.

    Args:
        id: The object's id.
    """
    return GetDeploymentResult(invoke("getDeployment", {"id": id}))


def get_deployment_output(id: pulumi.Input[str | Deployment]) -> pulumi.Output[GetDeploymentResult]:
    """As `get_deployment`, with arguments that may be outputs of other resources."""
    return invoke_output("getDeployment", {"id": id}).apply(GetDeploymentResult)


def get_vault(id: str) -> GetVaultResult:
    """Looks up a Vault by its id, without managing it.

    Args:
        id: The object's id.
    """
    return GetVaultResult(invoke("getVault", {"id": id}))


def get_vault_output(id: pulumi.Input[str | Vault]) -> pulumi.Output[GetVaultResult]:
    """As `get_vault`, with arguments that may be outputs of other resources."""
    return invoke_output("getVault", {"id": id}).apply(GetVaultResult)


def get_credential(id: str) -> GetCredentialResult:
    """Looks up a Credential by its id, without managing it.

    Args:
        id: The object's id.
    """
    return GetCredentialResult(invoke("getCredential", {"id": id}))


def get_credential_output(id: pulumi.Input[str | Credential]) -> pulumi.Output[GetCredentialResult]:
    """As `get_credential`, with arguments that may be outputs of other resources."""
    return invoke_output("getCredential", {"id": id}).apply(GetCredentialResult)


def get_memory_store(id: str) -> GetMemoryStoreResult:
    """Looks up a MemoryStore by its id, without managing it.

    Args:
        id: The object's id.
    """
    return GetMemoryStoreResult(invoke("getMemoryStore", {"id": id}))


def get_memory_store_output(id: pulumi.Input[str | MemoryStore]) -> pulumi.Output[GetMemoryStoreResult]:
    """As `get_memory_store`, with arguments that may be outputs of other resources."""
    return invoke_output("getMemoryStore", {"id": id}).apply(GetMemoryStoreResult)


def get_memory(id: str) -> GetMemoryResult:
    """Looks up a Memory by its id, without managing it.

    Args:
        id: The object's id.
    """
    return GetMemoryResult(invoke("getMemory", {"id": id}))


def get_memory_output(id: pulumi.Input[str | Memory]) -> pulumi.Output[GetMemoryResult]:
    """As `get_memory`, with arguments that may be outputs of other resources."""
    return invoke_output("getMemory", {"id": id}).apply(GetMemoryResult)


def get_file(id: str) -> GetFileResult:
    """Looks up a File by its id, without managing it.

    Args:
        id: The object's id.
    """
    return GetFileResult(invoke("getFile", {"id": id}))


def get_file_output(id: pulumi.Input[str | File]) -> pulumi.Output[GetFileResult]:
    """As `get_file`, with arguments that may be outputs of other resources."""
    return invoke_output("getFile", {"id": id}).apply(GetFileResult)


def get_skill(id: str) -> GetSkillResult:
    """Looks up a Skill by its id, without managing it.

    Args:
        id: The object's id.
    """
    return GetSkillResult(invoke("getSkill", {"id": id}))


def get_skill_output(id: pulumi.Input[str | Skill]) -> pulumi.Output[GetSkillResult]:
    """As `get_skill`, with arguments that may be outputs of other resources."""
    return invoke_output("getSkill", {"id": id}).apply(GetSkillResult)


def get_user_profile(id: str) -> GetUserProfileResult:
    """Looks up a UserProfile by its id, without managing it.

    Args:
        id: The object's id.
    """
    return GetUserProfileResult(invoke("getUserProfile", {"id": id}))


def get_user_profile_output(id: pulumi.Input[str | UserProfile]) -> pulumi.Output[GetUserProfileResult]:
    """As `get_user_profile`, with arguments that may be outputs of other resources."""
    return invoke_output("getUserProfile", {"id": id}).apply(GetUserProfileResult)


def get_dream(id: str) -> GetDreamResult:
    """Looks up a Dream by its id, without managing it.

    Args:
        id: The object's id.
    """
    return GetDreamResult(invoke("getDream", {"id": id}))


def get_dream_output(id: pulumi.Input[str | Dream]) -> pulumi.Output[GetDreamResult]:
    """As `get_dream`, with arguments that may be outputs of other resources."""
    return invoke_output("getDream", {"id": id}).apply(GetDreamResult)


def get_tunnel(id: str) -> GetTunnelResult:
    """Looks up a Tunnel by its id, without managing it.

    Args:
        id: The object's id.
    """
    return GetTunnelResult(invoke("getTunnel", {"id": id}))


def get_tunnel_output(id: pulumi.Input[str | Tunnel]) -> pulumi.Output[GetTunnelResult]:
    """As `get_tunnel`, with arguments that may be outputs of other resources."""
    return invoke_output("getTunnel", {"id": id}).apply(GetTunnelResult)


def get_tunnel_certificate(id: str) -> GetTunnelCertificateResult:
    """Looks up a TunnelCertificate by its id, without managing it.

    Args:
        id: The object's id.
    """
    return GetTunnelCertificateResult(invoke("getTunnelCertificate", {"id": id}))


def get_tunnel_certificate_output(id: pulumi.Input[str | TunnelCertificate]) -> pulumi.Output[GetTunnelCertificateResult]:
    """As `get_tunnel_certificate`, with arguments that may be outputs of other resources."""
    return invoke_output("getTunnelCertificate", {"id": id}).apply(GetTunnelCertificateResult)


def find_agent(name: str | None = None, metadata: Mapping[str, str] | None = None, pages: int | None = None) -> FindAgentResult:
    """Finds the only Agent that has this `name` or its `metadata`, without managing it; an error if it is not just
    one.

    Args:
        name: Its `name`, exactly.
        metadata: Labels that it has, perhaps among others.
        pages: Where it has to be looked for: at most so many pages of 100 are read (default: 20). It is an
            error if that does not do.
    """
    return FindAgentResult(invoke("findAgent", {"name": name, "metadata": metadata, "pages": pages}))


def find_agent_output(name: pulumi.Input[str] | None = None, metadata: pulumi.Input[Mapping[str, pulumi.Input[str]]] | None = None, pages: pulumi.Input[int] | None = None) -> pulumi.Output[FindAgentResult]:
    """As `find_agent`, with arguments that may be outputs of other resources."""
    return invoke_output("findAgent", {"name": name, "metadata": metadata, "pages": pages}).apply(FindAgentResult)


def find_environment(name: str | None = None, metadata: Mapping[str, str] | None = None, pages: int | None = None) -> FindEnvironmentResult:
    """Finds the only Environment that has this `name` or its `metadata`, without managing it; an error if it is
    not just one.

    Args:
        name: Its `name`, exactly.
        metadata: Labels that it has, perhaps among others.
        pages: Where it has to be looked for: at most so many pages of 100 are read (default: 20). It is an
            error if that does not do.
    """
    return FindEnvironmentResult(invoke("findEnvironment", {"name": name, "metadata": metadata, "pages": pages}))


def find_environment_output(name: pulumi.Input[str] | None = None, metadata: pulumi.Input[Mapping[str, pulumi.Input[str]]] | None = None, pages: pulumi.Input[int] | None = None) -> pulumi.Output[FindEnvironmentResult]:
    """As `find_environment`, with arguments that may be outputs of other resources."""
    return invoke_output("findEnvironment", {"name": name, "metadata": metadata, "pages": pages}).apply(FindEnvironmentResult)


def find_session(title: str | None = None, metadata: Mapping[str, str] | None = None, pages: int | None = None) -> FindSessionResult:
    """Finds the only Session that has this `title` or its `metadata`, without managing it; an error if it is not
    just one.

    Args:
        title: Its `title`, exactly.
        metadata: Labels that it has, perhaps among others.
        pages: Where it has to be looked for: at most so many pages of 100 are read (default: 20). It is an
            error if that does not do.
    """
    return FindSessionResult(invoke("findSession", {"title": title, "metadata": metadata, "pages": pages}))


def find_session_output(title: pulumi.Input[str] | None = None, metadata: pulumi.Input[Mapping[str, pulumi.Input[str]]] | None = None, pages: pulumi.Input[int] | None = None) -> pulumi.Output[FindSessionResult]:
    """As `find_session`, with arguments that may be outputs of other resources."""
    return invoke_output("findSession", {"title": title, "metadata": metadata, "pages": pages}).apply(FindSessionResult)


def find_deployment(name: str | None = None, metadata: Mapping[str, str] | None = None, pages: int | None = None) -> FindDeploymentResult:
    """Finds the only Deployment that has this `name` or its `metadata`, without managing it; an error if it is not
    just one.

    Args:
        name: Its `name`, exactly.
        metadata: Labels that it has, perhaps among others.
        pages: Where it has to be looked for: at most so many pages of 100 are read (default: 20). It is an
            error if that does not do.
    """
    return FindDeploymentResult(invoke("findDeployment", {"name": name, "metadata": metadata, "pages": pages}))


def find_deployment_output(name: pulumi.Input[str] | None = None, metadata: pulumi.Input[Mapping[str, pulumi.Input[str]]] | None = None, pages: pulumi.Input[int] | None = None) -> pulumi.Output[FindDeploymentResult]:
    """As `find_deployment`, with arguments that may be outputs of other resources."""
    return invoke_output("findDeployment", {"name": name, "metadata": metadata, "pages": pages}).apply(FindDeploymentResult)


def find_vault(display_name: str | None = None, metadata: Mapping[str, str] | None = None, pages: int | None = None) -> FindVaultResult:
    """Finds the only Vault that has this `display_name` or its `metadata`, without managing it; an error if it is
    not just one.

    Args:
        display_name: Its `display_name`, exactly.
        metadata: Labels that it has, perhaps among others.
        pages: Where it has to be looked for: at most so many pages of 100 are read (default: 20). It is an
            error if that does not do.
    """
    return FindVaultResult(invoke("findVault", {"display_name": display_name, "metadata": metadata, "pages": pages}))


def find_vault_output(display_name: pulumi.Input[str] | None = None, metadata: pulumi.Input[Mapping[str, pulumi.Input[str]]] | None = None, pages: pulumi.Input[int] | None = None) -> pulumi.Output[FindVaultResult]:
    """As `find_vault`, with arguments that may be outputs of other resources."""
    return invoke_output("findVault", {"display_name": display_name, "metadata": metadata, "pages": pages}).apply(FindVaultResult)


def find_credential(vault_id: str, display_name: str | None = None, metadata: Mapping[str, str] | None = None, pages: int | None = None) -> FindCredentialResult:
    """Finds the only Credential that has this `display_name` or its `metadata`, without managing it; an error if
    it is not just one.

    Args:
        vault_id: The vault's id.
        display_name: Its `display_name`, exactly.
        metadata: Labels that it has, perhaps among others.
        pages: Where it has to be looked for: at most so many pages of 100 are read (default: 20). It is an
            error if that does not do.
    """
    return FindCredentialResult(invoke("findCredential", {"vault_id": vault_id, "display_name": display_name, "metadata": metadata, "pages": pages}))


def find_credential_output(vault_id: pulumi.Input[str | Vault], display_name: pulumi.Input[str] | None = None, metadata: pulumi.Input[Mapping[str, pulumi.Input[str]]] | None = None, pages: pulumi.Input[int] | None = None) -> pulumi.Output[FindCredentialResult]:
    """As `find_credential`, with arguments that may be outputs of other resources."""
    return invoke_output("findCredential", {"vault_id": vault_id, "display_name": display_name, "metadata": metadata, "pages": pages}).apply(FindCredentialResult)


def find_memory_store(name: str | None = None, metadata: Mapping[str, str] | None = None, pages: int | None = None) -> FindMemoryStoreResult:
    """Finds the only MemoryStore that has this `name` or its `metadata`, without managing it; an error if it is
    not just one.

    Args:
        name: Its `name`, exactly.
        metadata: Labels that it has, perhaps among others.
        pages: Where it has to be looked for: at most so many pages of 100 are read (default: 20). It is an
            error if that does not do.
    """
    return FindMemoryStoreResult(invoke("findMemoryStore", {"name": name, "metadata": metadata, "pages": pages}))


def find_memory_store_output(name: pulumi.Input[str] | None = None, metadata: pulumi.Input[Mapping[str, pulumi.Input[str]]] | None = None, pages: pulumi.Input[int] | None = None) -> pulumi.Output[FindMemoryStoreResult]:
    """As `find_memory_store`, with arguments that may be outputs of other resources."""
    return invoke_output("findMemoryStore", {"name": name, "metadata": metadata, "pages": pages}).apply(FindMemoryStoreResult)


def find_memory(memory_store_id: str, path: str | None = None, metadata: Mapping[str, str] | None = None, pages: int | None = None) -> FindMemoryResult:
    """Finds the only Memory that has this `path` or its `metadata`, without managing it; an error if it is not
    just one.

    Args:
        memory_store_id: The store's id.
        path: Its `path`, exactly.
        metadata: Labels that it has, perhaps among others.
        pages: Where it has to be looked for: at most so many pages of 100 are read (default: 20). It is an
            error if that does not do.
    """
    return FindMemoryResult(invoke("findMemory", {"memory_store_id": memory_store_id, "path": path, "metadata": metadata, "pages": pages}))


def find_memory_output(memory_store_id: pulumi.Input[str | MemoryStore], path: pulumi.Input[str] | None = None, metadata: pulumi.Input[Mapping[str, pulumi.Input[str]]] | None = None, pages: pulumi.Input[int] | None = None) -> pulumi.Output[FindMemoryResult]:
    """As `find_memory`, with arguments that may be outputs of other resources."""
    return invoke_output("findMemory", {"memory_store_id": memory_store_id, "path": path, "metadata": metadata, "pages": pages}).apply(FindMemoryResult)


def find_file(filename: str | None = None, metadata: Mapping[str, str] | None = None, pages: int | None = None) -> FindFileResult:
    """Finds the only File that has this `filename` or its `metadata`, without managing it; an error if it is not
    just one.

    Args:
        filename: Its `filename`, exactly.
        metadata: Labels that it has, perhaps among others.
        pages: Where it has to be looked for: at most so many pages of 100 are read (default: 20). It is an
            error if that does not do.
    """
    return FindFileResult(invoke("findFile", {"filename": filename, "metadata": metadata, "pages": pages}))


def find_file_output(filename: pulumi.Input[str] | None = None, metadata: pulumi.Input[Mapping[str, pulumi.Input[str]]] | None = None, pages: pulumi.Input[int] | None = None) -> pulumi.Output[FindFileResult]:
    """As `find_file`, with arguments that may be outputs of other resources."""
    return invoke_output("findFile", {"filename": filename, "metadata": metadata, "pages": pages}).apply(FindFileResult)


def find_skill(display_name: str | None = None, metadata: Mapping[str, str] | None = None, pages: int | None = None) -> FindSkillResult:
    """Finds the only Skill that has this `display_name` or its `metadata`, without managing it; an error if it is
    not just one.

    Args:
        display_name: Its `display_name`, exactly.
        metadata: Labels that it has, perhaps among others.
        pages: Where it has to be looked for: at most so many pages of 100 are read (default: 20). It is an
            error if that does not do.
    """
    return FindSkillResult(invoke("findSkill", {"display_name": display_name, "metadata": metadata, "pages": pages}))


def find_skill_output(display_name: pulumi.Input[str] | None = None, metadata: pulumi.Input[Mapping[str, pulumi.Input[str]]] | None = None, pages: pulumi.Input[int] | None = None) -> pulumi.Output[FindSkillResult]:
    """As `find_skill`, with arguments that may be outputs of other resources."""
    return invoke_output("findSkill", {"display_name": display_name, "metadata": metadata, "pages": pages}).apply(FindSkillResult)


def find_user_profile(name: str | None = None, metadata: Mapping[str, str] | None = None, pages: int | None = None) -> FindUserProfileResult:
    """Finds the only UserProfile that has this `name` or its `metadata`, without managing it; an error if it is
    not just one.

    Args:
        name: Its `name`, exactly.
        metadata: Labels that it has, perhaps among others.
        pages: Where it has to be looked for: at most so many pages of 100 are read (default: 20). It is an
            error if that does not do.
    """
    return FindUserProfileResult(invoke("findUserProfile", {"name": name, "metadata": metadata, "pages": pages}))


def find_user_profile_output(name: pulumi.Input[str] | None = None, metadata: pulumi.Input[Mapping[str, pulumi.Input[str]]] | None = None, pages: pulumi.Input[int] | None = None) -> pulumi.Output[FindUserProfileResult]:
    """As `find_user_profile`, with arguments that may be outputs of other resources."""
    return invoke_output("findUserProfile", {"name": name, "metadata": metadata, "pages": pages}).apply(FindUserProfileResult)


def find_tunnel(display_name: str | None = None, pages: int | None = None) -> FindTunnelResult:
    """Finds the only Tunnel that has this `display_name`, without managing it; an error if it is not just one.

    Args:
        display_name: Its `display_name`, exactly.
        pages: Where it has to be looked for: at most so many pages of 100 are read (default: 20). It is an
            error if that does not do.
    """
    return FindTunnelResult(invoke("findTunnel", {"display_name": display_name, "pages": pages}))


def find_tunnel_output(display_name: pulumi.Input[str] | None = None, pages: pulumi.Input[int] | None = None) -> pulumi.Output[FindTunnelResult]:
    """As `find_tunnel`, with arguments that may be outputs of other resources."""
    return invoke_output("findTunnel", {"display_name": display_name, "pages": pages}).apply(FindTunnelResult)


def find_tunnel_certificate(tunnel_id: str, fingerprint: str | None = None, pages: int | None = None) -> FindTunnelCertificateResult:
    """Finds the only TunnelCertificate that has this `fingerprint`, without managing it; an error if it is not
    just one.

    Args:
        tunnel_id: The tunnel's id.
        fingerprint: Its `fingerprint`, exactly.
        pages: Where it has to be looked for: at most so many pages of 100 are read (default: 20). It is an
            error if that does not do.
    """
    return FindTunnelCertificateResult(invoke("findTunnelCertificate", {"tunnel_id": tunnel_id, "fingerprint": fingerprint, "pages": pages}))


def find_tunnel_certificate_output(tunnel_id: pulumi.Input[str | Tunnel], fingerprint: pulumi.Input[str] | None = None, pages: pulumi.Input[int] | None = None) -> pulumi.Output[FindTunnelCertificateResult]:
    """As `find_tunnel_certificate`, with arguments that may be outputs of other resources."""
    return invoke_output("findTunnelCertificate", {"tunnel_id": tunnel_id, "fingerprint": fingerprint, "pages": pages}).apply(FindTunnelCertificateResult)


def get_agent_versions(id: str) -> GetAgentVersionsResult:
    """Lists the versions of an agent, newest first.

    Args:
        id: The object's id.
    """
    return GetAgentVersionsResult(invoke("getAgentVersions", {"id": id}))


def get_agent_versions_output(id: pulumi.Input[str | Agent]) -> pulumi.Output[GetAgentVersionsResult]:
    """As `get_agent_versions`, with arguments that may be outputs of other resources."""
    return invoke_output("getAgentVersions", {"id": id}).apply(GetAgentVersionsResult)


def list_sessions(limit: int | None = None, created_at_gt: str | None = None, created_at_gte: str | None = None, created_at_lt: str | None = None, created_at_lte: str | None = None, agent_id: str | None = None, agent_version: int | None = None, deployment_id: str | None = None, memory_store_id: str | None = None, statuses: Sequence[str] | None = None, metadata: Mapping[str, str] | None = None, include_archived: bool | None = None, order: Literal["asc", "desc"] | None = None, pages: int | None = None) -> ListSessionsResult:
    """Lists sessions, newest first: what they do, what they cost, and what is to be reached.

    Args:
        limit: At most so many (default: 100).
        created_at_gt: Only what was made after it (RFC 3339).
        created_at_gte: Only what was made then or later (RFC 3339).
        created_at_lt: Only what was made before it (RFC 3339).
        created_at_lte: Only what was made then or before (RFC 3339).
        agent_id: Only sessions of this agent.
        agent_version: Only sessions of this version of it; it needs `agent_id`.
        deployment_id: Only sessions of this deployment.
        memory_store_id: Only those that mount this store.
        statuses: Only those that are `running`, `idle`, `rescheduling` or `terminated`.
        metadata: Only sessions with these labels.
        include_archived: Archived ones too.
        order: `desc`, the newest first (default), or `asc`, the oldest first.
        pages: Where it has to be looked for: at most so many pages of 100 are read (default: 20). It is an
            error if that does not do.
    """
    return ListSessionsResult(invoke("listSessions", {"limit": limit, "created_at_gt": created_at_gt, "created_at_gte": created_at_gte, "created_at_lt": created_at_lt, "created_at_lte": created_at_lte, "agent_id": agent_id, "agent_version": agent_version, "deployment_id": deployment_id, "memory_store_id": memory_store_id, "statuses": statuses, "metadata": metadata, "include_archived": include_archived, "order": order, "pages": pages}))


def list_sessions_output(limit: pulumi.Input[int] | None = None, created_at_gt: pulumi.Input[str] | None = None, created_at_gte: pulumi.Input[str] | None = None, created_at_lt: pulumi.Input[str] | None = None, created_at_lte: pulumi.Input[str] | None = None, agent_id: pulumi.Input[str | Agent] | None = None, agent_version: pulumi.Input[int] | None = None, deployment_id: pulumi.Input[str | Deployment] | None = None, memory_store_id: pulumi.Input[str | MemoryStore] | None = None, statuses: pulumi.Input[Sequence[pulumi.Input[str]]] | None = None, metadata: pulumi.Input[Mapping[str, pulumi.Input[str]]] | None = None, include_archived: pulumi.Input[bool] | None = None, order: pulumi.Input[Literal["asc", "desc"]] | None = None, pages: pulumi.Input[int] | None = None) -> pulumi.Output[ListSessionsResult]:
    """As `list_sessions`, with arguments that may be outputs of other resources."""
    return invoke_output("listSessions", {"limit": limit, "created_at_gt": created_at_gt, "created_at_gte": created_at_gte, "created_at_lt": created_at_lt, "created_at_lte": created_at_lte, "agent_id": agent_id, "agent_version": agent_version, "deployment_id": deployment_id, "memory_store_id": memory_store_id, "statuses": statuses, "metadata": metadata, "include_archived": include_archived, "order": order, "pages": pages}).apply(ListSessionsResult)


def list_session_resources(session_id: str) -> ListSessionResourcesResult:
    """Lists what a session mounts: repositories, files and memory stores.

    Args:
        session_id: The session's id.
    """
    return ListSessionResourcesResult(invoke("listSessionResources", {"session_id": session_id}))


def list_session_resources_output(session_id: pulumi.Input[str | Session]) -> pulumi.Output[ListSessionResourcesResult]:
    """As `list_session_resources`, with arguments that may be outputs of other resources."""
    return invoke_output("listSessionResources", {"session_id": session_id}).apply(ListSessionResourcesResult)


def list_session_events(session_id: str, limit: int | None = None, created_at_gt: str | None = None, created_at_gte: str | None = None, created_at_lt: str | None = None, created_at_lte: str | None = None, types: Sequence[str] | None = None, order: Literal["asc", "desc"] | None = None) -> ListSessionEventsResult:
    """Lists the newest events of a session, newest first, each with the fields of its type.

        `created_at` is compared with the moment when an event was processed. What looks like a secret is
            hidden.


    Args:
        session_id: The session's id.
        limit: At most so many (default: 100).
        created_at_gt: Only what was made after it (RFC 3339).
        created_at_gte: Only what was made then or later (RFC 3339).
        created_at_lt: Only what was made before it (RFC 3339).
        created_at_lte: Only what was made then or before (RFC 3339).
        types: Only events of these types, such as `agent.message`.
        order: `desc`, the newest first (default), or `asc`, the oldest first.
    """
    return ListSessionEventsResult(invoke("listSessionEvents", {"session_id": session_id, "limit": limit, "created_at_gt": created_at_gt, "created_at_gte": created_at_gte, "created_at_lt": created_at_lt, "created_at_lte": created_at_lte, "types": types, "order": order}))


def list_session_events_output(session_id: pulumi.Input[str | Session], limit: pulumi.Input[int] | None = None, created_at_gt: pulumi.Input[str] | None = None, created_at_gte: pulumi.Input[str] | None = None, created_at_lt: pulumi.Input[str] | None = None, created_at_lte: pulumi.Input[str] | None = None, types: pulumi.Input[Sequence[pulumi.Input[str]]] | None = None, order: pulumi.Input[Literal["asc", "desc"]] | None = None) -> pulumi.Output[ListSessionEventsResult]:
    """As `list_session_events`, with arguments that may be outputs of other resources."""
    return invoke_output("listSessionEvents", {"session_id": session_id, "limit": limit, "created_at_gt": created_at_gt, "created_at_gte": created_at_gte, "created_at_lt": created_at_lt, "created_at_lte": created_at_lte, "types": types, "order": order}).apply(ListSessionEventsResult)


def list_threads(session_id: str, limit: int | None = None, statuses: Sequence[str] | None = None) -> ListThreadsResult:
    """Lists the threads of a session. Not on Claude Platform on AWS.

    Args:
        session_id: The session's id.
        limit: At most so many (default: 100).
        statuses: Only those that are `running`, `idle`, `rescheduling` or `terminated`.
    """
    return ListThreadsResult(invoke("listThreads", {"session_id": session_id, "limit": limit, "statuses": statuses}))


def list_threads_output(session_id: pulumi.Input[str | Session], limit: pulumi.Input[int] | None = None, statuses: pulumi.Input[Sequence[pulumi.Input[str]]] | None = None) -> pulumi.Output[ListThreadsResult]:
    """As `list_threads`, with arguments that may be outputs of other resources."""
    return invoke_output("listThreads", {"session_id": session_id, "limit": limit, "statuses": statuses}).apply(ListThreadsResult)


def list_thread_events(session_id: str, thread_id: str, limit: int | None = None) -> ListThreadEventsResult:
    """Lists the events of a thread of a session, in the platform's order, each with the fields of its type. Not on
    Claude Platform on AWS.

    Args:
        session_id: The session's id.
        thread_id: The thread's id.
        limit: At most so many (default: 100).
    """
    return ListThreadEventsResult(invoke("listThreadEvents", {"session_id": session_id, "thread_id": thread_id, "limit": limit}))


def list_thread_events_output(session_id: pulumi.Input[str | Session], thread_id: pulumi.Input[str], limit: pulumi.Input[int] | None = None) -> pulumi.Output[ListThreadEventsResult]:
    """As `list_thread_events`, with arguments that may be outputs of other resources."""
    return invoke_output("listThreadEvents", {"session_id": session_id, "thread_id": thread_id, "limit": limit}).apply(ListThreadEventsResult)


def list_deployment_runs(limit: int | None = None, created_at_gt: str | None = None, created_at_gte: str | None = None, created_at_lt: str | None = None, created_at_lte: str | None = None, deployment_id: str | None = None, has_error: bool | None = None, trigger_type: Literal["schedule", "manual"] | None = None) -> ListDeploymentRunsResult:
    """Lists the newest runs of deployments, newest first. Not on Claude Platform on AWS.

    Args:
        limit: At most so many (default: 100).
        created_at_gt: Only what was made after it (RFC 3339).
        created_at_gte: Only what was made then or later (RFC 3339).
        created_at_lt: Only what was made before it (RFC 3339).
        created_at_lte: Only what was made then or before (RFC 3339).
        deployment_id: Only runs of this deployment.
        has_error: Only runs that failed (true), or that did not (false).
        trigger_type: Only runs that a `schedule` or somebody (`manual`) started.
    """
    return ListDeploymentRunsResult(invoke("listDeploymentRuns", {"limit": limit, "created_at_gt": created_at_gt, "created_at_gte": created_at_gte, "created_at_lt": created_at_lt, "created_at_lte": created_at_lte, "deployment_id": deployment_id, "has_error": has_error, "trigger_type": trigger_type}))


def list_deployment_runs_output(limit: pulumi.Input[int] | None = None, created_at_gt: pulumi.Input[str] | None = None, created_at_gte: pulumi.Input[str] | None = None, created_at_lt: pulumi.Input[str] | None = None, created_at_lte: pulumi.Input[str] | None = None, deployment_id: pulumi.Input[str | Deployment] | None = None, has_error: pulumi.Input[bool] | None = None, trigger_type: pulumi.Input[Literal["schedule", "manual"]] | None = None) -> pulumi.Output[ListDeploymentRunsResult]:
    """As `list_deployment_runs`, with arguments that may be outputs of other resources."""
    return invoke_output("listDeploymentRuns", {"limit": limit, "created_at_gt": created_at_gt, "created_at_gte": created_at_gte, "created_at_lt": created_at_lt, "created_at_lte": created_at_lte, "deployment_id": deployment_id, "has_error": has_error, "trigger_type": trigger_type}).apply(ListDeploymentRunsResult)


def get_deployment_run(id: str) -> GetDeploymentRunResult:
    """Looks up a run of a deployment by its id: the session that it made, or why it made none. Not on Claude
    Platform on AWS.

    Args:
        id: The run's id.
    """
    return GetDeploymentRunResult(invoke("getDeploymentRun", {"id": id}))


def get_deployment_run_output(id: pulumi.Input[str]) -> pulumi.Output[GetDeploymentRunResult]:
    """As `get_deployment_run`, with arguments that may be outputs of other resources."""
    return invoke_output("getDeploymentRun", {"id": id}).apply(GetDeploymentRunResult)


def list_memory_versions(memory_store_id: str, limit: int | None = None, memory_id: str | None = None, operation: Literal["created", "modified", "deleted"] | None = None, session_id: str | None = None, api_key_id: str | None = None, service_account_id: str | None = None, created_at_gte: str | None = None, created_at_lte: str | None = None, view: Literal["basic", "full"] | None = None) -> ListMemoryVersionsResult:
    """Lists the newest changes of the memories of a store, newest first.

    Args:
        memory_store_id: The memory store's id.
        limit: At most so many (default: 100).
        memory_id: Only versions of this memory, be it deleted.
        operation: Only what `created`, `modified` or `deleted` one.
        session_id: Only what this session changed.
        api_key_id: Only what this key changed.
        service_account_id: Only what this service account changed.
        created_at_gte: Only what was changed then or later (RFC 3339).
        created_at_lte: Only what was changed then or before (RFC 3339).
        view: `basic` (default), or `full`, with contents; the pages are shorter then.
    """
    return ListMemoryVersionsResult(invoke("listMemoryVersions", {"memory_store_id": memory_store_id, "limit": limit, "memory_id": memory_id, "operation": operation, "session_id": session_id, "api_key_id": api_key_id, "service_account_id": service_account_id, "created_at_gte": created_at_gte, "created_at_lte": created_at_lte, "view": view}))


def list_memory_versions_output(memory_store_id: pulumi.Input[str | MemoryStore], limit: pulumi.Input[int] | None = None, memory_id: pulumi.Input[str] | None = None, operation: pulumi.Input[Literal["created", "modified", "deleted"]] | None = None, session_id: pulumi.Input[str | Session] | None = None, api_key_id: pulumi.Input[str] | None = None, service_account_id: pulumi.Input[str] | None = None, created_at_gte: pulumi.Input[str] | None = None, created_at_lte: pulumi.Input[str] | None = None, view: pulumi.Input[Literal["basic", "full"]] | None = None) -> pulumi.Output[ListMemoryVersionsResult]:
    """As `list_memory_versions`, with arguments that may be outputs of other resources."""
    return invoke_output("listMemoryVersions", {"memory_store_id": memory_store_id, "limit": limit, "memory_id": memory_id, "operation": operation, "session_id": session_id, "api_key_id": api_key_id, "service_account_id": service_account_id, "created_at_gte": created_at_gte, "created_at_lte": created_at_lte, "view": view}).apply(ListMemoryVersionsResult)


def get_memory_version(memory_store_id: str, id: str, view: Literal["basic", "full"] | None = None) -> GetMemoryVersionResult:
    """Looks up a version of a memory: what it said then.

    Args:
        memory_store_id: The memory store's id.
        id: The version's id.
        view: `full` (default), or `basic`, without the content.
    """
    return GetMemoryVersionResult(invoke("getMemoryVersion", {"memory_store_id": memory_store_id, "id": id, "view": view}))


def get_memory_version_output(memory_store_id: pulumi.Input[str | MemoryStore], id: pulumi.Input[str], view: pulumi.Input[Literal["basic", "full"]] | None = None) -> pulumi.Output[GetMemoryVersionResult]:
    """As `get_memory_version`, with arguments that may be outputs of other resources."""
    return invoke_output("getMemoryVersion", {"memory_store_id": memory_store_id, "id": id, "view": view}).apply(GetMemoryVersionResult)


def list_models(lifecycle: Sequence[Literal["active", "deprecated", "retired"]] | None = None) -> ListModelsResult:
    """Lists the models that agents can use, with their stages, limits and capabilities. Not on self-hosted Claude
    Managed Agents.

    Args:
        lifecycle: Only models of these stages (default: `active` and `deprecated`).
    """
    return ListModelsResult(invoke("listModels", {"lifecycle": lifecycle}))


def list_models_output(lifecycle: pulumi.Input[Sequence[pulumi.Input[Literal["active", "deprecated", "retired"]]]] | None = None) -> pulumi.Output[ListModelsResult]:
    """As `list_models`, with arguments that may be outputs of other resources."""
    return invoke_output("listModels", {"lifecycle": lifecycle}).apply(ListModelsResult)


__all__ = [
    "AdvisorArgs",
    "AdvisorMemberArgs",
    "Agent",
    "AgentMemberArgs",
    "AgentReferenceArgs",
    "AgentSnapshot",
    "AgentToolsetArgs",
    "AgentVersion",
    "AwsRoleArgs",
    "Base64SourceArgs",
    "BasicClientSecretArgs",
    "BranchCheckoutArgs",
    "BrowserToolsetArgs",
    "BudgetArgs",
    "BudgetUsage",
    "CitationsArgs",
    "CloudConfigArgs",
    "CommitCheckoutArgs",
    "CoordinatorArgs",
    "Credential",
    "CredentialHostsArgs",
    "CustomToolArgs",
    "CustomToolResultEvent",
    "DefineOutcomeEvent",
    "Deployment",
    "DeploymentAgentArgs",
    "DocumentBlockArgs",
    "Dream",
    "DreamModelArgs",
    "DreamProblem",
    "DreamUsage",
    "EffortArgs",
    "EnforcementAction",
    "Environment",
    "EnvironmentVariableArgs",
    "EventBudget",
    "EventError",
    "ExternalUserDetailsArgs",
    "File",
    "FileEntryArgs",
    "FileRubricArgs",
    "FileSourceArgs",
    "FindAgentResult",
    "FindCredentialResult",
    "FindDeploymentResult",
    "FindEnvironmentResult",
    "FindFileResult",
    "FindMemoryResult",
    "FindMemoryStoreResult",
    "FindSessionResult",
    "FindSkillResult",
    "FindTunnelCertificateResult",
    "FindTunnelResult",
    "FindUserProfileResult",
    "FindVaultResult",
    "GetAgentResult",
    "GetAgentVersionsResult",
    "GetCredentialResult",
    "GetDeploymentResult",
    "GetDeploymentRunResult",
    "GetDreamResult",
    "GetEnvironmentResult",
    "GetFileResult",
    "GetMemoryResult",
    "GetMemoryStoreResult",
    "GetMemoryVersionResult",
    "GetSessionResult",
    "GetSkillResult",
    "GetTunnelCertificateResult",
    "GetTunnelResult",
    "GetUserProfileResult",
    "GetVaultResult",
    "GitHubInstallationToken",
    "GitRepositoryEntryArgs",
    "ImageBlockArgs",
    "InjectionLocationArgs",
    "LimitedNetworkArgs",
    "ListDeploymentRunsResult",
    "ListMemoryVersionsResult",
    "ListModelsResult",
    "ListSessionEventsResult",
    "ListSessionResourcesResult",
    "ListSessionsResult",
    "ListThreadEventsResult",
    "ListThreadsResult",
    "ListedSession",
    "McpOAuthArgs",
    "McpServerArgs",
    "McpToolConfigArgs",
    "McpToolResultEvent",
    "McpToolUseEvent",
    "McpToolsetArgs",
    "MediaSource",
    "Memory",
    "MemoryActor",
    "MemoryStore",
    "MemoryStoreEntryArgs",
    "MemoryVersion",
    "MessageEvent",
    "ModelConfigArgs",
    "ModelInfo",
    "ModelRequestEndEvent",
    "ModelUsage",
    "MoneyArgs",
    "MountedResource",
    "Multiagent20261001Args",
    "NoClientSecretArgs",
    "OAuthRefreshArgs",
    "OtherEvent",
    "OutcomeEvaluation",
    "OutcomeEvaluationEndEvent",
    "OutcomeEvaluationEvent",
    "OutputBehaviorArgs",
    "PackagesArgs",
    "PausedReason",
    "PermissionPolicyArgs",
    "PlainEvent",
    "PostClientSecretArgs",
    "PredefinedArgs",
    "RedactedBlockArgs",
    "RepositoryEntryArgs",
    "RepositoryResource",
    "RetryStatus",
    "Rubric",
    "Run",
    "RunAgent",
    "RunError",
    "RunTrigger",
    "SaidMedia",
    "SaidOtherwise",
    "SaidSearchResult",
    "SaidText",
    "ScheduleArgs",
    "SearchResultBlockArgs",
    "SelfHostedConfigArgs",
    "SelfMemberArgs",
    "ServiceAccountArgs",
    "Session",
    "SessionError",
    "SessionErrorEvent",
    "SessionEvents",
    "SessionThread",
    "SessionUpdatedEvent",
    "SessionUsageEvent",
    "Skill",
    "SkillArgs",
    "StaticBearerArgs",
    "StatusIdleEvent",
    "StopDetails",
    "StopReason",
    "SwitchArgs",
    "SystemMessageArgs",
    "TeamArgs",
    "TextBlockArgs",
    "TextRubricArgs",
    "TextSourceArgs",
    "ThreadAgent",
    "ThreadIdleEvent",
    "ThreadMessageReceivedEvent",
    "ThreadMessageSentEvent",
    "ThreadStatusEvent",
    "ToolConfigArgs",
    "ToolConfirmationEvent",
    "ToolDefaultsArgs",
    "ToolEvaluation",
    "ToolResultEvent",
    "ToolUseEvent",
    "Tunnel",
    "TunnelCertificate",
    "UnrestrictedNetworkArgs",
    "UrlSourceArgs",
    "UserCustomToolResultArgs",
    "UserDefineOutcomeArgs",
    "UserInterruptArgs",
    "UserLocationArgs",
    "UserMessageArgs",
    "UserProfile",
    "UserToolConfirmationArgs",
    "UserToolResultArgs",
    "Vault",
    "WorkflowPhase",
    "WorkflowPhaseEvent",
    "WorkflowResult",
    "WorkflowRunCreatedEvent",
    "WorkflowRunEndedEvent",
    "WorkflowRunEvent",
    "find_agent",
    "find_agent_output",
    "find_credential",
    "find_credential_output",
    "find_deployment",
    "find_deployment_output",
    "find_environment",
    "find_environment_output",
    "find_file",
    "find_file_output",
    "find_memory",
    "find_memory_output",
    "find_memory_store",
    "find_memory_store_output",
    "find_session",
    "find_session_output",
    "find_skill",
    "find_skill_output",
    "find_tunnel",
    "find_tunnel_certificate",
    "find_tunnel_certificate_output",
    "find_tunnel_output",
    "find_user_profile",
    "find_user_profile_output",
    "find_vault",
    "find_vault_output",
    "get_agent",
    "get_agent_output",
    "get_agent_versions",
    "get_agent_versions_output",
    "get_credential",
    "get_credential_output",
    "get_deployment",
    "get_deployment_output",
    "get_deployment_run",
    "get_deployment_run_output",
    "get_dream",
    "get_dream_output",
    "get_environment",
    "get_environment_output",
    "get_file",
    "get_file_output",
    "get_memory",
    "get_memory_output",
    "get_memory_store",
    "get_memory_store_output",
    "get_memory_version",
    "get_memory_version_output",
    "get_session",
    "get_session_output",
    "get_skill",
    "get_skill_output",
    "get_tunnel",
    "get_tunnel_certificate",
    "get_tunnel_certificate_output",
    "get_tunnel_output",
    "get_user_profile",
    "get_user_profile_output",
    "get_vault",
    "get_vault_output",
    "list_deployment_runs",
    "list_deployment_runs_output",
    "list_memory_versions",
    "list_memory_versions_output",
    "list_models",
    "list_models_output",
    "list_session_events",
    "list_session_events_output",
    "list_session_resources",
    "list_session_resources_output",
    "list_sessions",
    "list_sessions_output",
    "list_thread_events",
    "list_thread_events_output",
    "list_threads",
    "list_threads_output",
]
