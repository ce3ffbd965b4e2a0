"""Components of what people build first on managed-agent platforms, over the generated SDK."""

from .coding_agent import CodingAgent, CodingAgentArgs, Repository, Schedule

__all__ = ["CodingAgent", "CodingAgentArgs", "Repository", "Schedule"]
