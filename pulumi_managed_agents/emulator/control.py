"""The control plane: what a test may know and change. `Control` is the Python side, `control_http` the same by HTTP."""

from collections.abc import Mapping
from typing import Any, Self

from . import accounts, clock, faults, github, ids, settings
from .errors import EmulatorError
from .page import snapshot
from .platform import Platform
from .platform.outside import Outside
from .world import JSON, World


class Control:
    """Calls on the world that no client of a platform can make. Each is one transaction.

    What concerns the whole world (clock, faults, log, repositories) is the same on every platform; objects, sessions
    and their mounts are those of one platform, the first unless `on` chose another.
    """

    def __init__(self, world: World, platforms: Mapping[str, Platform], chosen: str) -> None:
        self._world = world
        self._platforms = platforms
        self._chosen = chosen

    @property
    def _outside(self) -> Outside:
        return self._platforms[self._chosen].outside

    def on(self, platform: str) -> Self:
        """The same calls on the objects of another platform: `claude` or `qoder`."""
        if platform not in self._platforms:
            raise EmulatorError(f"There is no platform {platform!r}; there are {', '.join(self._platforms)}.")
        return type(self)(self._world, self._platforms, platform)

    def reset(self) -> None:
        """Empties the world: objects, events, log, counters, faults, settings, repositories, clock."""
        self._world.reset()

    def seed(self, n: int) -> None:
        """Makes every later id and every drawn fault repeatable."""
        with self._world.transaction() as tx:
            ids.seed(tx, n)

    def clock(self, now: str | None = None, advance_seconds: float | None = None) -> str:
        """Sets the clock, which then stands still, or advances it; answers where it stands."""
        with self._world.transaction() as tx:
            return clock.move(tx, now, advance_seconds)

    def settings(self, **changes: Any) -> JSON:
        """Changes settings by name; answers what all of them stand at."""
        with self._world.transaction() as tx:
            settings.change(tx, accounts.hashed(tx, changes))
            return settings.values(tx)

    def repositories(self, repositories: list[JSON]) -> None:
        """Adds repositories to the world, or replaces those with the same address."""
        with self._world.transaction() as tx:
            github.describe(tx, repositories)

    def github_apps(self, entries: list[JSON]) -> None:
        """Adds GitHub Apps to the world, or replaces those with the same app_id. Public keys only."""
        from .github_api import apps  # noqa: PLC0415 - few worlds have apps

        with self._world.transaction() as tx:
            apps.describe(tx, entries)

    def github_tokens(self) -> list[JSON]:
        """The tokens that apps minted, oldest first: fingerprint, expires_at, revoked, permissions, repositories."""
        from .github_api import installation_tokens  # noqa: PLC0415 - as above

        with self._world.transaction(writes=False) as tx:
            return installation_tokens.shown(tx)

    def federation(self, **parts: list[JSON]) -> None:
        """Adds whom the organization trusts: `issuers`, `rules`, `logins`, and `service_accounts` of Qoder."""
        from . import federation  # noqa: PLC0415 - few worlds have any

        with self._world.transaction() as tx:
            federation.describe(tx, parts)

    def authentication_history(self) -> list[JSON]:
        """Every exchange under a rule, oldest first: time, federation_rule_id, result. A denial has its reason here."""
        from . import federation  # noqa: PLC0415 - as above

        with self._world.transaction(writes=False) as tx:
            return list(tx.state(federation.HISTORY, []))

    def revoke_access_tokens(self) -> None:
        """Every access token that was given out dies at once."""
        from . import access_tokens  # noqa: PLC0415 - as above

        with self._world.transaction() as tx:
            access_tokens.revoke_all(tx)

    def faults(self, rules: list[JSON]) -> None:
        """Adds fault rules; the first that hits a request decides."""
        with self._world.transaction() as tx:
            faults.add(tx, rules)

    def fault_rules(self) -> list[JSON]:
        """The fault rules with how many requests each has seen and hit."""
        with self._world.transaction(writes=False) as tx:
            return faults.rules(tx)

    def clear_faults(self) -> None:
        """Removes every fault rule."""
        with self._world.transaction() as tx:
            faults.clear(tx)

    def requests(self, since: int = 0) -> list[JSON]:
        """The request log after number `since`: n, time, method, path, operation, status, fault."""
        with self._world.transaction(writes=False) as tx:
            return tx.requests(since)

    def counters(self) -> dict[str, int]:
        """How often each operation was asked for, refused and dropped requests included."""
        with self._world.transaction(writes=False) as tx:
            return tx.counters()

    def snapshot(self, opened: str | None = None, since: str | None = None) -> JSON:
        """What the page at `/` shows: objects by platform and kind, rotations and requests, newest first and not all.

        `opened` names an object to tell everything about: mounts, rotations, events. Where `since` is the `number` of
        an earlier snapshot and nothing was written after it, only number and time come back. Looking changes nothing.
        """
        with self._world.transaction(writes=False) as tx:
            return snapshot.take(tx, self._platforms, opened, since)

    def objects(self, kind: str) -> list[JSON]:
        """Every stored object of a kind as the API shows it, oldest first, archived ones too."""
        with self._world.transaction(writes=False) as tx:
            return self._outside.objects(tx, kind)

    def rotations(self, session_id: str) -> list[JSON]:
        """The token rotations of a session, oldest first: resource_id, time, fingerprint.

        Those of a credential too, by its id; the path of the rotated field stands where the resource's id does.
        """
        with self._world.transaction(writes=False) as tx:
            return tx.rotations(session_id)

    def mounts(self, session_id: str) -> list[JSON]:
        """What a session's repositories were mounted with: resource_id, url, mount_path, fingerprint of the token.

        Those of a deployment too, by its id.
        """
        with self._world.transaction(writes=False) as tx:
            return self._outside.mounts(tx, session_id)

    def credential_secrets(self, credential_id: str) -> dict[str, str]:
        """The secrets that a credential has: a fingerprint for each path, as `auth.token` or `auth.access_token`."""
        with self._world.transaction(writes=False) as tx:
            return self._outside.credential_secrets(tx, credential_id)

    def fingerprint(self, token: str) -> str:
        """What a token looks like in `rotations`, `mounts` and `credential_secrets`."""
        with self._world.transaction(writes=False) as tx:
            return github.fingerprint(tx, token)

    def change(self, kind: str, id: str, **fields: Any) -> JSON:
        """Changes fields of an object behind the client's back, as another program would."""
        with self._world.transaction() as tx:
            return self._outside.change(tx, kind, id, fields)

    def remove(self, kind: str, id: str) -> None:
        """Removes an object behind the client's back."""
        with self._world.transaction() as tx:
            self._outside.remove(tx, kind, id)

    def set_status(self, session_id: str, status: str) -> JSON:
        """Puts a session into a status, where it stays until something else moves it."""
        with self._world.transaction() as tx:
            return self._outside.set_status(tx, session_id, status)

    def emit(self, session_id: str, event: JSON) -> JSON:
        """Appends an event to a session's history; id and processed_at are added when missing."""
        with self._world.transaction() as tx:
            return self._outside.emit(tx, session_id, event)
