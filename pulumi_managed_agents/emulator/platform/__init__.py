"""What every emulated platform is made of. A platform says what is its own: rules, limits, words and schemas.

calls        what the emulator asks of a service, and the values that pass between them
routing      which operation a request asks for, and what answers it
dialect      how a platform says what all of them say: ids, refusals
kinds        what sets one kind of objects apart
records      the life of an object: made, found, changed, archived, removed
usual        the operations that most kinds answer alike
bodies       closed request schemas           metadata   the map that every kind carries
multipart    the parts of an upload           queries    what stands behind the ? of a path
tasks        what happens to an object later  cron       when schedules fire
lifecycle    what happens to a session        stream     its events as they happen
versions     what an agent was                outside    changes that no client makes
choices      models and agents as requests name them
content      blocks of events                 secrets    what credentials and resources bring
"""

from .calls import CLAUDE_PATH, GITHUB_PATH, QODER_PATH, Answer, Call, Platform, Refusal, Service

__all__ = ["CLAUDE_PATH", "GITHUB_PATH", "QODER_PATH", "Answer", "Call", "Platform", "Refusal", "Service"]
