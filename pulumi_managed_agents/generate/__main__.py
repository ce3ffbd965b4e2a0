"""`python -m pulumi_managed_agents.generate [--check]`: writes the derived files, or says which are out of date."""

from __future__ import annotations

import sys
from pathlib import Path

from ..functions.registry import FUNCTIONS
from ..plugin.schema import FILE
from ..policy.rule import PAGE
from ..policy.rules import RULES
from ..resources.registry import KINDS
from .policies import rules_explained
from .python import python_classes
from .reference import changes_table, reference_pages
from .schema import generated_text
from .templates import templates

ROOT = Path(__file__).resolve().parents[2]


def derived_files() -> dict[Path, str]:
    """Every derived file with its contents."""
    package, docs = Path("pulumi_managed_agents"), Path("docs", "reference")
    pages = {docs / name: text for name, text in reference_pages(KINDS, FUNCTIONS).items()}
    return {
        package / "dynamic" / "classes.py": python_classes(KINDS),
        Path(FILE): generated_text(),
        Path("README.md"): _with_part("README.md", "changes", changes_table(KINDS)),
        Path(PAGE): _with_part(PAGE, "rules", rules_explained(RULES)),
        **pages,
        **{Path("templates") / name: text for name, text in templates(ROOT / "examples").items()},
    }


def _with_part(page: str, name: str, text: str) -> str:
    """A page with the part between its two markers made anew."""
    begin, end = f"<!-- {name}: written by `make generate` -->\n", f"<!-- /{name} -->"
    before, _, rest = (ROOT / page).read_text().partition(begin)
    return before + begin + text + end + rest.partition(end)[2]


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
