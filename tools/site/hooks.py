"""What the site needs beyond its Markdown: links that leave `docs/` lead to the repository."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import Any

_LINK = re.compile(r"(\]\()((?:\.\./)+[^)#\s]+)(#[^)\s]*)?(\))")


def on_config(config: Any) -> Any:
    """Every page of the reference has a place in the menu."""
    reference = next(part["Reference"] for part in config.nav if isinstance(part, dict) and "Reference" in part)
    pages = sorted(path.name for path in Path(config.docs_dir, "reference").glob("*.md"))
    reference += [f"reference/{name}" for name in pages if f"reference/{name}" not in reference]
    return config


def on_page_markdown(markdown: str, page: Any, config: Any, files: Any) -> str:
    """The page with the address of the repository in place of paths that are none of the site's."""
    del files
    folder = posixpath.dirname(page.file.src_uri)

    def led(match: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join("docs", folder, match[2]))
        if target.startswith("docs/"):
            return match[0]
        return f"{match[1]}{config.repo_url}/blob/main/{target}{match[3] or ''}{match[4]}"

    return _LINK.sub(led, markdown)
