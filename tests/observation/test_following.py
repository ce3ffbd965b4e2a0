"""A session that is followed: each event once and none lost, whatever becomes of the streams."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from waiting import until

from pulumi_managed_agents.emulator import Emulator
from pulumi_managed_agents.errors import CallFailed
from pulumi_managed_agents.observation import following
from pulumi_managed_agents.observation.following import Following, Told
from pulumi_managed_agents.platforms.settings import configure
from pulumi_managed_agents.provider.configured import ConfiguredProvider

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from observation.standing import Standing

    from pulumi_managed_agents.emulator import Control

SAID = {"type": "agent.message"}


class Followed:
    """A served world, somebody who follows a session in it, and what was heard."""

    def __init__(self, stack: Standing, emulator: Emulator, url: str) -> None:
        self.platform = stack.crashed.platform
        self.control: Control = emulator.control.on(self.platform)
        self.session = stack.states["review"].id
        address = url if self.platform == "claude" else f"{url}/api/v1/cloud"
        settings = {"baseUrl": address, "apiKey": "made-up", "platform": self.platform}
        self.provider = ConfiguredProvider(configure(settings, {}), lambda _: None)
        self.heard: list[str] = []
        self.gaps: list[str] = []
        self.problems: list[BaseException] = []
        self.thread = threading.Thread(target=self._follow, daemon=True)

    def _follow(self) -> None:
        context = replace(self.provider.context, sleep=lambda seconds: time.sleep(min(seconds, 0.05)))
        try:
            followed = Following(self.session, context, self.provider.platform.service)
            for event in followed.events(self.gaps.append):
                self.heard.append(text_of(event) or event["type"])
        except CallFailed as problem:
            self.problems.append(problem)

    def say(self, *texts: str) -> None:
        for text in texts:
            self.control.emit(self.session, {**SAID, "content": [{"type": "text", "text": text}]})

    def hears(self, *texts: str) -> None:
        until(lambda: [text for text in self.heard if text in texts] == list(texts))


def text_of(event: Any) -> str:
    return str(event["content"][0]["text"]) if event["type"] == SAID["type"] else ""


@pytest.fixture
def followed(stack: Standing) -> Iterator[Followed]:
    stack.session()
    with serving(stack) as found:
        yield found


@contextmanager
def serving(stack: Standing) -> Iterator[Followed]:
    with Emulator(stack.path) as emulator, emulator.serve() as server:
        emulator.control.settings(stream_seconds=0.3)
        found = Followed(stack, emulator, server.url)
        yield found
        if found.thread.is_alive():
            found.control.set_status(found.session, "terminated")
            found.thread.join(20)
        found.provider.close()


def test_what_happened_and_what_happens_is_told_once_and_in_order(followed: Followed) -> None:
    followed.say("one", "two")
    followed.thread.start()
    followed.hears("one", "two")

    followed.say("three")
    followed.hears("one", "two", "three")
    time.sleep(0.8)
    followed.say("four")

    followed.hears("one", "two", "three", "four")
    assert followed.gaps == []


@pytest.mark.parametrize("fault", [{"body": "truncated"}, {"drop": "after"}, {"status": 503}, {"status": 529}])
def test_nothing_is_lost_and_nothing_told_twice_where_streams_break_off(followed: Followed, fault: Any) -> None:
    followed.control.faults([{"operation": "sessions.events.stream", "every": 2, **fault}])
    followed.thread.start()
    texts = [f"number {number}" for number in range(12)]

    for text in texts:
        followed.say(text)
        time.sleep(0.1)

    followed.hears(*texts)
    until(lambda: followed.gaps)


def test_it_ends_with_the_session(followed: Followed) -> None:
    followed.thread.start()
    followed.say("one")
    followed.hears("one")

    followed.control.set_status(followed.session, "terminated")
    followed.thread.join(20)

    assert not followed.thread.is_alive()
    assert followed.problems == []
    assert followed.heard[-1] == "session.status_terminated"


def test_it_ends_when_the_session_is_removed(followed: Followed) -> None:
    followed.thread.start()
    followed.say("one")
    followed.hears("one")

    followed.control.remove("sessions", followed.session)
    followed.thread.join(20)

    assert (followed.thread.is_alive(), followed.problems) == (False, [])


def test_what_is_refused_is_told(followed: Followed) -> None:
    followed.session = "sesn_none"
    followed.thread.start()
    followed.thread.join(20)

    assert "404" in str(followed.problems[0])


def test_what_was_told_is_known_in_bounded_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "KEPT", 3)
    told = Told()
    events = [{"id": f"sevt_{number}", "processed_at": f"2026-11-27T00:00:{number:02}Z"} for number in range(9)]

    assert [told.is_new(event) for event in events] == [True] * 9
    assert [told.is_new(event) for event in events] == [False] * 9
    assert len(told.ids) == 3


def test_an_event_that_is_none_and_one_without_an_id_are_not_told() -> None:
    assert not Told().is_new({"type": "ping"})


def test_only_types_that_are_wanted_and_only_from_then_on(followed: Followed, tmp_path: Path) -> None:
    del tmp_path
    followed.say("one", "two")
    context, service = followed.provider.context, followed.provider.platform.service
    times = [event["processed_at"] for event in Following(followed.session, context, service, ["agent.message"]).past()]

    later = Following(followed.session, context, service, since=times[1]).past()

    assert len(times) == 2
    assert [text_of(event) for event in later] == ["two"]
    assert list(Following(followed.session, context, service, ["no.such"]).past()) == []
