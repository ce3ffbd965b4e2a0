"""What the dynamic provider of a kind does.

Thin by design: it translates between Pulumi's forms and the core's, and decides nothing. The engine's behaviour that
shaped it: an error's text is all that reaches the user.
"""

from __future__ import annotations

import secrets
import sys
import threading
from typing import TYPE_CHECKING, cast

from pulumi.dynamic import CheckFailure, CheckResult, CreateResult, DiffResult, ReadResult, UpdateResult

from .. import apply, plan
from ..declaration.secrecy import marked, marked_outputs, newly_marked
from ..declaration.stamp import Origin
from ..declaration.tokens import PACKAGE
from ..declaration.values import bare
from ..errors import ManagedAgentsError, NotReady
from ..plan.state import PENDING, REPLACED_ON, TIMEOUTS
from ..platforms.strayed import refuse_strayed
from ..provider.configured import check_settings
from .codec import PROVIDER, decode, encode, notes_in, noting
from .connection import engine_log, engine_provider, given, namesakes, warn_once
from .errors import reported
from .options import seconds_in
from .paths import names_any
from .provider import LOGICAL_NAME, RESOURCE_URN
from .words import failure_told, told

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from pulumi.dynamic import Config

    from ..declaration.values import JSON, Bag
    from ..lifecycle.kind import Kind
    from ..provider.configured import ConfiguredProvider

AUTONAMING = "pulumi:autonaming"
"""The setting with which the engine makes up names: it hands them to plugins only."""

_NOT_NAMED = (
    f"`{AUTONAMING}` has no effect on the Python classes, which name objects after their resources: write `name`, or "
    f"use the plugin."
)

HANDED_OVER_SECONDS = 0.2
"""After which the engine has an answer; the SDK does not tell when."""


class Operations:
    """What a configured provider of one kind does."""

    def __init__(self, kind: str, config: Config) -> None:
        # The engine shows a traceback as the error; its text alone is meant for people.
        sys.tracebacklimit = 0
        self._name = kind
        self._settings = given(lambda name: config.get(f"{PACKAGE}:{name}"))
        if config.get(AUTONAMING) is not None:
            warn_once(_NOT_NAMED)
        # The SDK's object gives values by name alone, and a misspelt one is known to nobody.
        self._keys, self._project = tuple(getattr(config, "_props", ())), getattr(config, "_project_name", "")

    @reported
    def check(self, olds: Bag, news: Bag) -> CheckResult:
        """The inputs with defaults and in their one spelling, and what is wrong with them."""
        check_settings(self._provider.configuration, namesakes(self._keys), project=self._project)
        refuse_strayed(self._keys, self._project)
        new = decode(news)
        context = plan.CheckContext(
            self._provider.capabilities,
            str(new.pop(LOGICAL_NAME, "")),
            lambda digits: secrets.token_hex(digits)[:digits],
            files=self._provider.context.files,
            origin=_origin(new.pop(RESOURCE_URN, None)),
        )
        inputs, failures = self._provider.check(self._kind, decode(olds), new, context)
        made = marked(self._kind.shape, inputs, new)
        kept = {**noting(self._kind.shape, made, made), **notes_in(news)}
        # Of a failure that names its property the engine shows the value, be it a secret: so the text names it.
        wrong = [CheckFailure("", failure_told(self._kind.shape, inputs, failure)) for failure in failures]
        return CheckResult(encode(kept), wrong)

    @reported
    def diff(self, id_: str, olds: Bag, news: Bag) -> DiffResult:
        """Which properties change, and which of them need a new object."""
        old, kind = decode(olds), self._kind
        new = decode(news)
        changed = self._provider.diff(kind, id_, old, new)
        hidden = newly_marked(kind.shape, old, new)
        if changed:
            # A dynamic provider has no detailed diff: without this, a preview of a secret list shows no reason at all.
            engine_log().info(told(f"{kind.name} {id_}: {plan.explained(changed)}"))
        # A state that the plugin wrote holds no provider, and without one nothing can be deleted or refreshed.
        moved = PROVIDER not in olds
        before, notes = notes_in(olds), notes_in(news)
        wanted = [change.name for change in changed if names_any(notes.get(REPLACED_ON, ()), change)]
        # A removal knows no more than the state: another time for it has to get there.
        times = seconds_in(before, "delete") != seconds_in(notes, "delete")
        return DiffResult(
            changes=bool(changed or hidden or old.get(PENDING)) or moved or times,
            replaces=list(dict.fromkeys([*plan.replaced(changed), *wanted])),
            delete_before_replace=kind.old_first,
        )

    @reported
    def create(self, props: Bag) -> CreateResult:
        """Makes the object; one that is not ready is kept with what is pending."""
        given = decode(props)
        inputs, context = bare(given), self._provider.knowing(self._kind, given)
        try:
            with self._in_time(props, "create"):
                state = apply.create(self._kind, inputs, context)
        except NotReady as unready:
            return CreateResult(unready.id, {**self._unready(unready, given, {}, context), **_lasting(props)})
        finally:
            self._hand_over(str(inputs.get("creationId")))
        return CreateResult(state.id, {**self._outputs(state.outputs, given, {}, context), **_lasting(props)})

    @reported
    def read(self, id_: str, props: Bag) -> ReadResult:
        """The object as it is now. Gone: dropped from the state, or an error if it was asked for by id."""
        known = decode(props)
        if LOGICAL_NAME in known:
            return self._existing(id_)
        context = self._provider.knowing(self._kind, known)
        managed = {wire: bare(value) for wire, value in known.items() if wire != PENDING}
        state = apply.read(self._kind, id_, managed, context)
        if state is None:
            return ReadResult(cast("str", None), {})
        shape = self._kind.shape
        inputs = {wire: value for wire, value in state.outputs.items() if wire in shape.properties}
        made = marked(shape, inputs, known, context.secrets)
        pending = {PENDING: known[PENDING]} if PENDING in known else {}
        outputs = {**self._outputs({**state.outputs, **pending}, known, known, context), **_lasting(props)}
        return ReadResult(id_, outputs, encode(noting(shape, made, made)))

    @reported
    def update(self, id_: str, olds: Bag, news: Bag) -> UpdateResult:
        """Makes the object what is wanted; what could not be done is kept as pending."""
        old, given = decode(olds), decode(news)
        context = self._provider.knowing(self._kind, given, old)
        try:
            with self._in_time(news, "update"):
                state = apply.update(self._kind, id_, bare(old), bare(given), context)
        except NotReady as unready:
            return UpdateResult({**self._unready(unready, given, old, context), **_lasting(news)})
        finally:
            self._hand_over(apply.deed_of(str(bare(old.get("creationId")))))
        return UpdateResult({**self._outputs(state.outputs, given, old, context), **_lasting(news)})

    @reported
    def delete(self, id_: str, props: Bag) -> None:
        """Removes the object, or finds it gone."""
        old = decode(props)
        with self._in_time(props, "delete"):
            apply.delete(self._kind, id_, bare(old), self._provider.knowing(self._kind, old))

    def _in_time(self, bag: Bag, operation: str) -> AbstractContextManager[None]:
        """Bounds what is waited for, as the program's options say."""
        return self._provider.cancellation.within(seconds_in(notes_in(bag), operation))

    def _existing(self, id_: str) -> ReadResult:
        """The object that a program asks for by its id."""
        context = self._provider.context
        state = apply.read(self._kind, id_, None, context)
        if state is None:
            raise ManagedAgentsError(f"There is no {self._kind.name} with the id {id_!r} (or it is archived).")
        return ReadResult(id_, self._outputs(state.outputs, {}, {}, context))

    def _hand_over(self, noted: str) -> None:
        """Lets a note go once the engine must have the answer."""
        timer = threading.Timer(HANDED_OVER_SECONDS, self._provider.journal.handed_over, (noted,))
        timer.daemon = True
        timer.start()

    @property
    def _provider(self) -> ConfiguredProvider:
        return engine_provider(self._settings)

    @property
    def _kind(self) -> Kind:
        return self._provider.kind(self._name)

    def _outputs(self, outputs: Bag, given: Bag, old: Bag, context: apply.Context) -> Bag:
        """The outputs as the engine takes them, each secret in them marked."""
        made = marked_outputs(self._kind, outputs, given, old, context.secrets)
        return encode(noting(self._kind.shape, made, marked(self._kind.shape, given, given)))

    def _unready(self, unready: NotReady, given: Bag, old: Bag, context: apply.Context) -> Bag:
        reasons = told("; ".join(unready.reasons))
        context.tell(f"{self._kind.name} {unready.id} is not ready: {reasons}")
        return {**self._outputs(unready.state, given, old, context), PENDING: reasons}


def _lasting(bag: Bag) -> Bag:
    """The notes that the state keeps."""
    return {key: note for key, note in notes_in(bag).items() if key == TIMEOUTS}


def _origin(urn: JSON) -> Origin | None:
    """The resource as the program named it; None where it is not known yet."""
    return Origin(urn) if isinstance(urn, str) else None
