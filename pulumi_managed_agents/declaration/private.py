"""Names of files and folders that nobody means to hand to an agent: secrets, and what tools leave behind.

A name is not proof. Whoever means such a file says so, by its name, its path or a pattern.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

SECRETS: Final = (
    *(".env", ".env.*", "*.env", ".envrc", ".netrc", "_netrc", ".npmrc", ".pypirc", ".pgpass", ".my.cnf", ".htpasswd"),
    *("id_rsa", "id_dsa", "id_ecdsa", "id_ecdsa_sk", "id_ed25519", "id_ed25519_sk"),
    *("*.pem", "*.key", "*.p8", "*.p12", "*.pfx", "*.jks", "*.keystore", "*.ppk", "*.kdbx"),
    *("*.tfstate", "*.tfstate.*", "*.tfvars", "*.tfvars.json", ".terraformrc", "terraform.rc"),
    *("credentials.json", ".credentials", ".credentials.json", "credentials.tfrc.json", "client_secret*.json"),
    *("service-account*.json", "service_account*.json", "application_default_credentials.json"),
    *("secrets.json", "secrets.toml", "secrets.yaml", "secrets.yml"),
    *(".git-credentials", ".dockercfg", ".dockerconfigjson", ".docker/config.json", ".cargo/credentials*"),
    *("kubeconfig", "*.kubeconfig", ".vault-token", ".s3cfg", ".boto", "rclone.conf", "gh/hosts.yml"),
    *(".bash_history", ".zsh_history", ".python_history", ".psql_history", ".mysql_history"),
)
"""Files that hold secrets as a rule, by name, or by folder and name."""

SECRET_FOLDERS: Final = (".ssh", ".aws", ".azure", ".gnupg", ".kube", ".gcloud", ".config/gcloud", ".password-store")
"""Folders that hold them."""

_SECRET: Final = (*SECRETS, *SECRET_FOLDERS)

LEFT_BY_TOOLS: Final = (".venv", ".tox", ".nox", ".direnv", ".terraform", "node_modules")
"""Folders that tools fill, of other people's files."""

HARMLESS: Final = (".env.example", ".env.sample", ".env.template")
"""What is written to be shown."""


def secret_in(path: str, including: Iterable[str]) -> str | None:
    """The part of a path, from its beginning, that names a secret which is not included; None where nothing does."""
    return _first(path, _SECRET, including)


def left_by_tools_in(path: str, including: Iterable[str]) -> str | None:
    """The same for what tools leave in folders."""
    return _first(path, LEFT_BY_TOOLS, including)


def _first(path: str, listed: tuple[str, ...], including: Iterable[str]) -> str | None:
    parts = path.split("/")
    for count, name in enumerate(parts):
        place = parts[: count + 1]
        if _is_listed("/".join(place[-2:-1]), name, listed) and not any(
            _means(pattern, place) for pattern in including
        ):
            return "/".join(place)
    return None


@lru_cache(maxsize=4096)
def _is_listed(above: str, name: str, listed: tuple[str, ...]) -> bool:
    """Whether a name is listed, or with its folder's, however it is written: some systems do not tell `A` from `a`."""
    name, with_folder = name.casefold(), f"{above}/{name}".casefold()
    if name in HARMLESS:
        return False
    return any(fnmatchcase(with_folder if "/" in pattern else name, pattern) for pattern in listed)


def _means(pattern: str, place: list[str]) -> bool:
    """Whether a pattern means a path: without a folder, a name at any depth; else the path from the top.

    `*` and `?` stay within a name, and `**` goes through any folders.
    """
    words = pattern.removeprefix("./").strip("/").split("/")
    reached = {0}  # how many parts of the path the pattern may stand for so far
    for word in words if len(words) > 1 else ["**", *words]:
        if word == "**":
            reached = set(range(min(reached, default=len(place) + 1), len(place) + 1))
        else:
            there = (count for count in reached if count < len(place))
            reached = {count + 1 for count in there if place[count] == word or fnmatchcase(place[count], word)}
    return len(place) in reached
