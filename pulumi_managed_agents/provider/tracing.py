"""Whether anybody wants spans; what makes them is loaded for whoever does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..on_demand import defined

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .traces import Traces

ENDPOINT: Final = "PULUMI_OTEL_EXPORTER_OTLP_ENDPOINT"
"""Where an engine that was told `--otel-traces` has its plugins send their spans."""

_MISSING: Final = (
    "there are no traces of managed-agents: `pip install 'pulumi-managed-agents[traces]'` brings OpenTelemetry"
)


def traces(environment: Mapping[str, str], warn: Callable[[str], None]) -> Traces | None:
    """What follows calls and requests; None where nobody collects, or OpenTelemetry is not installed."""
    endpoint = environment.get(ENDPOINT)
    if not endpoint:
        return None
    try:
        made: Traces = defined(".traces:Traces", __package__)(endpoint)
    except ImportError:
        warn(_MISSING)
        return None
    return made
