"""What is said in a session, and which tools are used: by its user, its agent and the agent's helpers."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from ...declaration.marks import Always, Document
from ...declaration.model import Outputs, described
from .parts import EventBase, Said

_Content = Annotated[Said | None, Always(), described("What was said, block by block.")]
_Result = Annotated[Said | None, described("What came back, block by block.")]
_IsError = Annotated[bool | None, described("Whether it failed.")]
_ToolInput = Annotated[
    dict[str, Any] | None,
    Always(),
    Document(),
    described("What the tool was given; what looks like a secret in it is hidden."),
]


class MessageEvent(EventBase):
    """A message of the user, the agent or the system."""

    type: Annotated[Literal["user.message", "agent.message", "system.message"], described("Whose.")]
    content: _Content = None


class ThreadMessageReceivedEvent(EventBase):
    """A message that an agent got from another one."""

    type: Annotated[Literal["agent.thread_message_received"], described("What happened.")]
    from_session_thread_id: Annotated[str | None, described("The other one's thread.")] = None
    from_agent_name: Annotated[str | None, described("The other one's name.")] = None
    content: _Content = None


class ThreadMessageSentEvent(EventBase):
    """A message that an agent sent to another one."""

    type: Annotated[Literal["agent.thread_message_sent"], described("What happened.")]
    to_session_thread_id: Annotated[str | None, described("The other one's thread.")] = None
    to_agent_name: Annotated[str | None, described("The other one's name.")] = None
    content: _Content = None


class ToolEvaluation(Outputs):
    """How it came about whether a tool may be used."""

    type: Annotated[str, described("The rule: `always_allow`, `always_ask` or `auto`.")]
    evaluated_permission: Annotated[
        dict[str, Any] | None, Document(), described("Of `auto`: what was found, and why.")
    ] = None


class ToolUseEvent(EventBase):
    """The agent uses a tool, of the platform or of the program's own."""

    type: Annotated[Literal["agent.tool_use", "agent.custom_tool_use"], described("Whose tool.")]
    name: Annotated[str, described("The tool.")]
    input: _ToolInput = None
    evaluated_permission: Annotated[str | None, described("`allow`, `ask` or `deny`.")] = None
    evaluation: Annotated[ToolEvaluation | None, described("How that came about.")] = None


class McpToolUseEvent(EventBase):
    """The agent uses a tool of an MCP server."""

    type: Annotated[Literal["agent.mcp_tool_use"], described("What happened.")]
    name: Annotated[str, described("The tool.")]
    mcp_server_name: Annotated[str | None, Always(), described("The server.")] = None
    input: _ToolInput = None
    evaluated_permission: Annotated[str | None, described("`allow`, `ask` or `deny`.")] = None
    evaluation: Annotated[ToolEvaluation | None, described("How that came about.")] = None


class ToolResultEvent(EventBase):
    """What came of the use of a tool."""

    type: Annotated[Literal["agent.tool_result", "user.tool_result"], described("Who says it.")]
    tool_use_id: Annotated[str, described("The event of the use.")]
    content: _Result = None
    is_error: _IsError = None


class McpToolResultEvent(EventBase):
    """What came of the use of an MCP server's tool."""

    type: Annotated[Literal["agent.mcp_tool_result"], described("What happened.")]
    mcp_tool_use_id: Annotated[str, described("The event of the use.")]
    content: _Result = None
    is_error: _IsError = None


class CustomToolResultEvent(EventBase):
    """What the program says came of its own tool."""

    type: Annotated[Literal["user.custom_tool_result"], described("What happened.")]
    custom_tool_use_id: Annotated[str, described("The event of the use.")]
    content: _Result = None
    is_error: _IsError = None


class ToolConfirmationEvent(EventBase):
    """The user allows or denies the use of a tool."""

    type: Annotated[Literal["user.tool_confirmation"], described("What happened.")]
    tool_use_id: Annotated[str, described("The event of the use.")]
    result: Annotated[str, described("`allow` or `deny`.")]
    deny_message: Annotated[str | None, described("Why it is denied.")] = None
