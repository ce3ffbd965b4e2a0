"""A configured provider: what both front ends and the commands are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import apply, plan
from ..declaration.learning import Learned, LearningScrubber
from ..declaration.model import Failure
from ..declaration.secrecy import secrets_of
from ..declaration.shape import shape_of
from ..declaration.values import bare
from ..errors import ManagedAgentsError
from ..functions.inventory import all_of
from ..on_demand import defined
from ..platforms import address_of, capabilities
from ..platforms.later import BackendLater, Later
from ..platforms.settings import refuse_unknown
from ..platforms.world_file import check_place
from ..resources.registry import KINDS
from ..transport.cancel import Cancellation
from ..transport.following import Follow, unfollowed
from .journal import Journal

if TYPE_CHECKING:
    import os

    from ..comparison.change import Change
    from ..declaration.values import Bag
    from ..functions.function import Function
    from ..lifecycle.kind import Kind
    from ..platforms.rest import RestBackend, RestService
    from ..platforms.settings import Configuration


class ConfiguredProvider:
    """The kinds as the configured platform has them, and the ways to it and to GitHub. Safe to share between threads.

    Nothing is asked for a key, and no connection opened, before a request is made. A relative path of the emulator
    starts at `directory`. `is_unheard` says that the engine is gone, and has none of the answers that come.
    """

    def __init__(
        self,
        configuration: Configuration,
        warn: Callable[[str], None],
        cancellation: Cancellation | None = None,
        directory: str | os.PathLike[str] = ".",
        is_unheard: Callable[[], bool] = lambda: False,
        note: Callable[[str], None] = lambda text: None,  # noqa: ARG005 - nobody looks
        follow: Follow = unfollowed,
    ) -> None:
        self.configuration = configuration
        self.capabilities = capabilities(configuration)
        self.cancellation = cancellation or Cancellation()
        learned = Learned()
        ways = (configuration, Path(directory), self.cancellation, learned)
        self.platform = BackendLater(self.capabilities, partial(_connected, *ways, warn, follow))
        self.github = Later(partial(_github, *ways, follow))
        self.journal = Journal(address_of(configuration, Path(directory)), warn, is_unheard=is_unheard)
        self.secrets = LearningScrubber(learned, configuration.secrets)
        self.context = apply.Context(
            self.platform,
            warn,
            self.cancellation.sleep,
            github=self.github,
            intents=self.journal,
            secrets=self.secrets,
            note=note,
        )

    def kind(self, name: str) -> Kind:
        """The kind of that name, as the platform has it."""
        return KINDS[name].on(self.capabilities.key)

    def check(self, kind: Kind, old: Bag, new: Bag, context: plan.CheckContext) -> tuple[Bag, list[Failure]]:
        """As `plan.check`; where nothing is wrong, others than the platform are asked if the inputs want it."""
        self.saw(kind, old)
        inputs, failures = plan.check(kind, old, new, context)
        knowing = self.knowing(kind, old, new, inputs)
        if failures:
            return inputs, [Failure(wrong.path, knowing.secrets.text(wrong.reason)) for wrong in failures]
        for doubt in plan.doubted(kind, inputs, self.capabilities):
            knowing.tell(f"{kind.name} {context.logical_name}: {doubt}")
        return inputs, apply.verify(kind, old, inputs, knowing)

    def knowing(self, kind: Kind, *inputs: Bag, outputs: Bag | None = None) -> apply.Context:
        """The context of an operation, which knows the secrets of its inputs, and of its outputs the declared ones.

        What else is marked in outputs holds a secret rather than being one.
        """
        known = [(kind.shape, bag) for bag in inputs]
        state = [(shape, bare(outputs or {})) for shape in (kind.shape, kind.output_shape)]
        return self.context.knowing(text for shape, bag in (*known, *state) for text in secrets_of(shape, bag))

    def diff(self, kind: Kind, id: str, old: Bag, new: Bag, declared: Bag | None = None) -> tuple[Change, ...]:
        """As `plan.diff`, now; an object that changes in place is followed by what comes after it."""
        self.saw(kind, old)
        found = plan.diff(kind, old, new, declared, self.context.clock(), self.context.moved)
        if any(change.replaces for change in found):
            apply.part(kind, id, old, self.context)
        elif found:
            self.context.moved.add(id)
        return found

    def saw(self, kind: Kind, state: Bag) -> None:
        """The engine has the object in its state: whatever was noted of its creation is settled."""
        apply.saw(kind, state, self.context)

    def call(self, function: Function, arguments: Bag) -> Bag:
        """What a function gives, of arguments that nothing is wrong with."""
        if function.of:
            plan.refuse_elsewhere(KINDS[function.of], self.capabilities)
        plan.refuse_lacking(f"`{function.name}`", function.not_in, self.capabilities)
        for kind, named in function.ids(arguments):
            plan.refuse_misnamed(kind, named, self.capabilities.key)
        unfit = plan.unfit(shape_of(function.inputs), arguments, self.capabilities)
        if unfit:
            raise ManagedAgentsError(f"`{function.name}`: {'; '.join(map(str, unfit))}")
        found: Bag = self.secrets.words(apply.look_up(function.steps(arguments), self.context))
        return found

    def objects(self, kind: Kind, limit: int) -> list[Bag]:
        """Id and name of the objects of a kind, newest first, at most `limit` (0: all)."""
        plan.refuse_elsewhere(kind, self.capabilities)
        found: list[Bag] = self.secrets.words(apply.look_up(all_of(kind, limit), self.context))
        return found

    def close(self) -> None:
        """Closes the connections."""
        self.platform.close()
        self.github.close()


def check_settings(
    configuration: Configuration, names: Iterable[str], directory: str | os.PathLike[str] = ".", project: str = ""
) -> None:
    """Says what is wrong with settings before anything is asked, of those that were given under the `names`.

    Raises:
        ConfigError: one is none of ours, or the emulator's file cannot be where it is said to be.
    """
    refuse_unknown(names, project)
    emulator = configuration.settings.emulator
    if emulator:
        check_place(Path(directory) / emulator, configuration.origin("emulator"))


def _connected(*ways: Any) -> RestBackend:
    """The platform; what sends requests is loaded by the first of them, since most previews send none."""
    backend: RestBackend = defined("..platforms.connect:connect", __package__)(*ways)
    return backend


def _github(*ways: Any) -> RestService:
    """The same for GitHub."""
    service: RestService = defined("..platforms.connect:connect_github", __package__)(*ways)
    return service
