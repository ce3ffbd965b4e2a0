"""The header rules of the Claude API: a credential, a version, the beta of the path and no unknown beta (section 1.2).

Files, skills, models and user profiles need no beta. Older betas select older shapes, which are not emulated.
"""

from werkzeug.datastructures import Headers

from ..platform import Refusal
from ..platform.headers import bearer, values
from .errors import invalid

BETA = "managed-agents-2026-04-01"
MEMORY_BETA = "agent-memory-2026-07-22"
FREE = {"files", "skills", "models", "user_profiles"}

OAUTH_BETAS = ("oauth-2025-04-20", "oidc-federation-2026-04-01")
"""Real, although the SDK's list of types does not have them."""

# The list of SDK 2.14 (`types/anthropic_beta_param.py`), and what is real besides.
KNOWN_BETAS = frozenset(
    [
        *OAUTH_BETAS,
        "mcp-tunnels-2026-05-19",
        "efs-2026-10-01",
        "google-managed-data-controls-2026-09-01",
        "computer-use-2024-10-22",
        "computer-use-2025-01-24",
        "computer-use-2025-11-24",
        "output-128k-2025-02-19",
        "output-300k-2026-03-24",
        "mcp-client-2025-04-04",
        "mcp-client-2025-11-20",
        "mcp-client-2026-09-15",
        "dev-full-thinking-2025-05-14",
        "interleaved-thinking-2025-05-14",
        "code-execution-2025-05-22",
        "context-1m-2025-08-07",
        "context-management-2025-06-27",
        "model-context-window-exceeded-2025-08-26",
        "fast-mode-2026-02-01",
        "user-profiles-2026-03-24",
        "user-profiles-2026-08-18",
        "user-profiles-2026-09-04",
        "user-profiles-billing-2026-10-01",
        "advisor-tool-2026-03-01",
        "managed-agents-2026-04-01",
        "dreaming-2026-04-21",
        "thinking-token-count-2026-05-13",
        "server-side-fallback-2026-06-01",
        "server-side-fallback-2026-07-01",
        "fallback-credit-2026-06-01",
        "fallback-credit-2026-07-01",
        "agent-memory-2026-07-22",
        "mid-conversation-tool-changes-2026-07-01",
        "compact-2026-01-12",
        "compact-2026-09-04",
        "mcp-tunnels-2026-06-22",
        "structured-outputs-2025-11-13",
        "task-budgets-2026-03-13",
        "thinking-display-updates-2026-08-18",
        "mid-conversation-output-config-2026-07-01",
        "thinking-binding-controls-2026-08-01",
        "mid-conversation-system-clear-at-2026-08-21",
        "inline-tools-2026-09-15",
        "ce-plugins-2026-09-01",
        "spend-limit-reads-2026-09-26",
        "telemetry-destinations-2026-08-11",
        "webhooks-2026-10-07",
        "admin-user-sign-out-2026-10-08",
        "message-threads-2026-08-12",
        "analytics-usage-cost-2026-08-24",
        "experimental-claude-tag-2026-10-21",
        "message-batches-2024-09-24",
        "prompt-caching-2024-07-31",
        "pdfs-2024-09-25",
        "token-counting-2024-11-01",
        "token-efficient-tools-2025-02-19",
        "files-api-2025-04-14",
        "extended-cache-ttl-2025-04-11",
        "skills-2025-10-02",
        "cache-diagnosis-2026-04-07",
        "ce-user-management-2026-07-13",
        "ce-claude-code-managed-settings-2026-10-06",
    ]
)


def credential(headers: Headers) -> str:
    """The key or token of a request; empty if there is none."""
    return headers.get("x-api-key") or bearer(headers) or _signer(headers)


def _signer(headers: Headers) -> str:
    """The access key of a request that is signed for AWS; the signature itself is not looked at."""
    scheme, _, signed = headers.get("authorization", "").partition(" ")
    if scheme != "AWS4-HMAC-SHA256":
        return ""
    return signed.partition("Credential=")[2].partition("/")[0]


def admit(headers: Headers, path: str, own_workspace: str, missing_beta: int) -> None:
    """Refuses a request whose headers the API would refuse, before anything else is looked at.

    The order is that of the hosted API: who asks, the beta of the path, the version.
    """
    if not credential(headers):
        raise Refusal(401, "A credential is required: send x-api-key or Authorization: Bearer.")
    sent = betas(headers)
    _check_beta(path.split("/")[2], sent, missing_beta)
    if not headers.get("anthropic-version"):
        raise invalid("anthropic-version: header is required")
    unknown = sorted(sent - KNOWN_BETAS)
    if unknown:
        raise invalid(f"anthropic-beta: unknown value {unknown[0]!r}")
    workspace = headers.get("anthropic-workspace-id")
    if workspace and workspace != own_workspace:
        raise Refusal(403, "anthropic-workspace-id: the credential belongs to another workspace")  # status inferred


def betas(headers: Headers) -> set[str]:
    """The betas that a request asks for."""
    return values(headers, "anthropic-beta")


def _check_beta(collection: str, sent: set[str], missing: int) -> None:
    if collection in FREE:
        return
    accepted = {BETA, MEMORY_BETA} if collection == "memory_stores" else {BETA}
    if not accepted & sent:
        raise Refusal(missing, f"anthropic-beta: there is nothing here without {BETA!r}")
    if len(accepted & sent) > 1:
        raise invalid(f"anthropic-beta: {BETA!r} and {MEMORY_BETA!r} cannot be combined here")
