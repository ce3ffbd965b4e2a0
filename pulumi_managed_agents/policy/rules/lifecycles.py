"""Rules about what comes to its end: models, credentials, and versions of agents that others have left behind.

They know what outputs say, and what they are told of models; none of them asks the platform.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from pydantic import Field, field_validator

from ..overrides import reference_of
from ..rule import Broken, Outcomes, Parameters, ResourceRule, StackRule, Unchecked, unchecked
from ..view import JSON, Declared, Stack, Withheld, text, within
from .versions import models_of


class Until(Parameters):
    """How far ahead is looked."""

    within_days: int = Field(default=30, ge=0, description="Days before an end from which on it is told.")
    now: str | None = Field(default=None, description="The moment that counts as now, in RFC 3339 (default: now).")

    @field_validator("now")
    @classmethod
    def _is_a_moment(cls, now: str | None) -> str | None:
        if now is not None and moment(now) is None:
            raise ValueError("has to be a moment with its zone, in RFC 3339")
        return now

    def is_near(self, end: datetime) -> bool:
        """Whether that is soon, or over."""
        now = (moment(self.now) if self.now else None) or datetime.now(UTC)
        return end - now <= timedelta(days=self.within_days)


def moment(value: JSON) -> datetime | None:
    """A moment of a text; None for what is none."""
    try:
        found = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    return found if found.tzinfo else None


class LivingModels(Until):
    """What is known of models."""

    models: list[dict[str, Any]] = Field(
        default=[],
        description="The models, as `listModels` gives them: objects with `id`, `lifecycle` and `retiresAt`.",
    )


_ENDING: Final = ("deprecated", "retired")


def _dying_model(declared: Declared, parameters: LivingModels) -> Outcomes:
    known = {each.get("id"): each for each in parameters.models}
    for place, model in models_of(declared):
        yield from unchecked(declared, place, model)
        if not isinstance(model, str):
            continue
        if model not in known:
            yield Unchecked(declared, f"{place} is not among `models`")
            continue
        lifecycle, end = known[model].get("lifecycle"), moment(known[model].get("retiresAt"))
        if lifecycle in _ENDING:
            yield Broken(declared, f"names a model that is {lifecycle}")
        elif end is not None and parameters.is_near(end):
            yield Broken(declared, f"names a model that is retired within {parameters.within_days} days")


LIVING_MODEL = ResourceRule(
    name="living-model",
    sentence="Agents name models that are neither deprecated nor about to be retired.",
    severity="medium",
    fix="Name a model that is active: `listModels` lists them.",
    level="disabled",
    parameters=LivingModels,
    notes="Agents, the models that advise them, and overrides in sessions. A policy asks no platform: it is told of "
    "the models, as `listModels` gives them; `managed-agents policy STATE --models models.json` reads them from a file "
    "with the output of a program that exports them. A model that is not among them is told as not checked.",
    kinds=("Agent", "Session"),
    check=_dying_model,
)


class Behind(Parameters):
    """How far behind a version may be."""

    max_behind: int = Field(default=10, ge=0, description="Versions that a pinned one may be behind the agent's own.")


def _old_version(stack: Stack, parameters: Behind) -> Outcomes:
    for declared in stack.of_kind("Session", "Deployment"):
        reference = reference_of(declared)
        yield from unchecked(declared, "its agent", reference)
        pinned = _number(None if isinstance(reference, str) else within(reference, "version"))
        for agent in stack.referenced(declared, "agent", "Agent"):
            newest = _number(agent.get("version"))
            if pinned and newest and newest - pinned > parameters.max_behind:
                yield Broken(declared, f"runs a version that is more than {parameters.max_behind} behind its agent's")


def _number(value: JSON) -> int | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return int(value) if is_number and abs(value) < _LARGEST else None


_LARGEST: Final = 2**53

RECENT_AGENT = StackRule(
    name="recent-agent",
    sentence="Pinned versions of agents are not far behind.",
    severity="low",
    fix="Pin a newer version, once it has been tried.",
    level="advisory",
    parameters=Behind,
    notes="Sessions and deployments that pin the version of an agent of the same stack. How far it has come, the "
    "agent's `version` says: an output, so a preview sees the one of the last update.",
    check=_old_version,
)


def _refused_token(stack: Stack, parameters: Parameters) -> Outcomes:
    del parameters
    for declared in stack.of_kind("Credential"):
        status = text(declared.get("tokenStatus"))
        yield from unchecked(declared, "`tokenStatus`", status)
        if status == "invalid":
            yield Broken(declared, "has a token that its server refuses")


ACCEPTED_TOKEN = StackRule(
    name="accepted-token",
    sentence="The token of a credential that was tried is accepted.",
    severity="high",
    fix="Authorize again, and give `auth` the new tokens.",
    level="advisory",
    parameters=Parameters,
    notes="Credentials with `validateToken`; what came of it, their output `tokenStatus` says.",
    check=_refused_token,
)


def _ending_credential(stack: Stack, parameters: Until) -> Outcomes:
    for declared in stack.of_kind("Credential", "TunnelCertificate"):
        for what, value in _ends(declared):
            yield from unchecked(declared, what, value if isinstance(value, Withheld) else None)
            end = moment(value)
            if isinstance(value, str) and end is None:
                yield from unchecked(declared, what, Withheld.UNREADABLE)
            elif end is not None and parameters.is_near(end):
                yield Broken(declared, f"ends within {parameters.within_days} days, or has ended: see {what}")


def _ends(declared: Declared) -> Iterator[tuple[str, JSON]]:
    """When something of a resource ends; what the platform renews by itself does not."""
    if declared.kind == "TunnelCertificate":
        yield "`expiresAt`", text(declared.get("expiresAt"))
    elif within(declared.get("auth"), "refresh") is None:
        yield "`auth.expiresAt`", text(within(declared.get("auth"), "expiresAt"))


LASTING_CREDENTIAL = StackRule(
    name="lasting-credential",
    sentence="Credentials and certificates do not end soon.",
    severity="medium",
    fix="Give it a new token or certificate, and say when that ends.",
    level="advisory",
    parameters=Until,
    notes="`expiresAt` of OAuth credentials that the platform does not refresh, and of tunnels' certificates. Tokens "
    "of GitHub Apps live for an hour and are renewed by `managed-agents rotate`.",
    check=_ending_credential,
)
