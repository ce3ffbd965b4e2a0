"""`python -m pulumi_managed_agents.generate [--check]`: writes the derived files, or says which are out of date."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ..functions.registry import FUNCTIONS
from ..plugin.schema import FILE
from ..policy.rule import PAGE
from ..policy.rules import RULES
from ..resources.registry import KINDS
from .operations import operations_page, summary
from .policies import rules_explained
from .python import python_classes
from .reference import changes_table, reference_pages
from .schema import generated_text
from .templates import templates

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parents[2]


def derived_files() -> dict[Path, str]:
    """Every derived file with its contents."""
    package, docs = Path("pulumi_managed_agents"), Path("docs", "reference")
    pages = {docs / name: text for name, text in reference_pages(KINDS, FUNCTIONS).items()}
    return {
        package / "dynamic" / "classes.py": python_classes(KINDS),
        Path(FILE): generated_text(),
        Path("README.md"): _with_parts("README.md", {"changes": changes_table(KINDS), "operations": summary()}),
        docs / "operations.md": operations_page(),
        Path(PAGE): _with_parts(PAGE, {"rules": rules_explained(RULES)}),
        **pages,
        **{Path("templates") / name: text for name, text in templates(ROOT / "examples").items()},
    }


def _with_parts(page: str, parts: Mapping[str, str]) -> str:
    """A page with each part between its two markers made anew."""
    text = (ROOT / page).read_text()
    for name, part in parts.items():
        begin, end = f"<!-- {name}: written by `make generate` -->\n", f"<!-- /{name} -->"
        before, _, rest = text.partition(begin)
        text = before + begin + part + end + rest.partition(end)[2]
    return text


def main(arguments: list[str]) -> int:
    """Exit code 1 when `--check` finds a difference."""
    stale = [path for path, text in derived_files().items() if _current(path) != text]
    if "--check" in arguments:
        for path in stale:
            print(f"{path} is out of date: run `make generate`")
        return 1 if stale else 0
    for path in stale:
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_text(derived_files()[path])
        print(f"wrote {path}")
    return 0


def _current(path: Path) -> str | None:
    return (ROOT / path).read_text() if (ROOT / path).exists() else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
