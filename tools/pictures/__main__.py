"""Makes the pictures of the page in docs/images, with a real browser: `make pictures`.

A world that is always the same is shown, at a time that stands still, so that a picture changes with the page alone.
"""

from __future__ import annotations

import runpy
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from selenium.webdriver import Chrome, ChromeOptions, ChromeService

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from page.reader import Reader  # noqa: E402 - after its folder
from page.worlds import busy, stacks  # noqa: E402

from pulumi_managed_agents.apply.exported import read_state  # noqa: E402
from pulumi_managed_agents.commands.ui import ASSETS, Pages  # noqa: E402
from pulumi_managed_agents.emulator import Emulator, Server  # noqa: E402
from pulumi_managed_agents.observation.live import Live  # noqa: E402
from pulumi_managed_agents.page.site import Site  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Mapping

IMAGES = ROOT / "docs" / "images"
LARGEST = 200_000
SHOTS: Mapping[str, tuple[int, int, str, str]] = {
    "page-desktop": (1240, 780, "light", ""),
    "page-dark": (1240, 780, "dark", ""),
    "page-phone": (390, 844, "light", ""),
    "page-graph": (1240, 780, "light", "graph"),
    "page-session": (1240, 660, "light", "session"),
}


def main() -> int:
    """Makes all of them; status 1 where there is no browser."""
    tool = runpy.run_path(str(ROOT / "tools" / "browser" / "__main__.py"))
    found = tool["pair"]()
    if found is None:
        print(f"{tool['MISSING']}.", file=sys.stderr)
        return 1
    browser, driver = found
    options = ChromeOptions()
    options.binary_location = str(browser)
    for switch in ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"):
        options.add_argument(switch)
    with (
        tempfile.TemporaryDirectory() as folder,
        Emulator(Path(folder) / "world.emulator") as emulator,
        Chrome(options=options, service=ChromeService(str(driver))) as chrome,
    ):
        busy(emulator)
        with emulator.serve() as server:
            sessions = emulator.control.objects("sessions")
            waiting = next(each["id"] for each in sessions if each["title"] == "release notes")
            for name, (width, height, scheme, what) in SHOTS.items():
                reader = Reader(chrome, server.url)
                reader.sit_at(width, height, scheme)
                reader.open(f"?open={waiting}" if what == "session" else "")
                if what == "graph":
                    reader.run("document.getElementById('at-graph').scrollIntoView()")
                if not _taken(chrome, name):
                    return 1
        return 0 if _of_stacks(chrome, Path(folder) / "stacks") else 1


def _of_stacks(chrome: Chrome, folder: Path) -> bool:
    """What `managed-agents ui` shows of three stacks; whether the picture is small enough."""
    folder.mkdir()
    texts, crashed = stacks(folder)
    states = [read_state(text) for text in texts]
    live = Live(lambda: states, crashed.provider, 60.0)
    with closing(live), Server(Pages(Site(live, ASSETS)), 0) as server:
        reader = Reader(chrome, server.url)
        reader.sit_at(1240, 860)
        reader.open()
        return _taken(chrome, "ui-stacks")


def _taken(chrome: Chrome, name: str) -> bool:
    time.sleep(0.5)
    picture = IMAGES / f"{name}.png"
    chrome.save_screenshot(str(picture))
    print(f"{picture.relative_to(ROOT)}: {picture.stat().st_size:,} bytes")
    if picture.stat().st_size > LARGEST:
        print(f"{name} has more than {LARGEST:,} bytes", file=sys.stderr)
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
