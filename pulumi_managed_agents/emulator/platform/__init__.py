"""What every emulated platform is made of. A platform says what is its own: rules, limits, words and schemas.

A request
    calls        what the emulator asks of a service, and the values that pass between them
    service      what a platform does with a request before and behind its own rules
    routing      which operation a request asks for, and what answers it
    usual        the operations that most kinds answer alike
    headers, queries, bodies, multipart
                 what is read from each part of it
Objects
    dialect      how a platform says what all of them say: ids, refusals
    kinds        what sets one kind of objects apart
    records      their life: made, found, changed, archived, removed
    versions     what an agent was
    metadata, content, choices, secrets
                 parts of bodies that are the same everywhere
    filters      what lists are narrowed to
What happens by itself
    tasks        what waits in an object
    lifecycle    sessions: runs end, clones fail
    stream       their events as they happen
    schedules    when deployments run; `cron` reads their rhythm
    outside      changes that no client makes
"""

from .calls import CLAUDE_PATH, GITHUB_PATH, QODER_PATH, SERVICE_TOKEN_PATH, Answer, Call, Refusal, Service
from .outside import Platform

__all__ = [
    "CLAUDE_PATH",
    "GITHUB_PATH",
    "QODER_PATH",
    "SERVICE_TOKEN_PATH",
    "Answer",
    "Call",
    "Platform",
    "Refusal",
    "Service",
]
