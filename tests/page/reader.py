"""Somebody who looks at the page: what is in sight, and what a hand on mouse or keyboard does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.expected_conditions import element_to_be_clickable
from selenium.webdriver.support.wait import WebDriverWait

if TYPE_CHECKING:
    from collections.abc import Callable

    from selenium.webdriver import Chrome

SECONDS = 20.0
_ROWS = """
const named = (table) => document.getElementById(table.getAttribute("aria-labelledby")).innerText;
const table = [...document.querySelectorAll("table")].find((each) => named(each).startsWith(arguments[0]));
const rows = table ? [...table.tBodies[0].rows].filter((row) => row.checkVisibility()) : [];
"""


class Reader:
    """A person in front of a browser."""

    def __init__(self, browser: Chrome, url: str) -> None:
        self.browser = browser
        self.url = url

    def sit_at(self, width: int, height: int, scheme: str = "light") -> None:
        """In front of a screen of this size."""
        screen = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        self.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
        wanted = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
        self.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", wanted)

    def open(self, fragment: str = "") -> None:
        """Loads the page anew, and waits until it has seen the world."""
        self.browser.get("about:blank")
        self.browser.get(f"{self.url}/{fragment}")
        self.wait(lambda: self.text("#connection") == "Live")

    def run(self, script: str, *arguments: Any) -> Any:
        return self.browser.execute_script(script, *arguments)

    def wait(self, condition: Callable[[], Any]) -> Any:
        return WebDriverWait(self.browser, SECONDS, poll_frequency=0.05).until(lambda _: condition())

    def text(self, selector: str) -> str:
        script = """const found = document.querySelector(arguments[0]);
        return found?.checkVisibility() ? found.innerText : '';"""
        return str(self.run(script, selector))

    def rows(self, caption: str) -> list[str]:
        """What the rows in sight say, of the table with this caption."""
        return list(self.run(f"{_ROWS} return rows.map((row) => row.innerText);", caption))

    def row(self, caption: str, *texts: str) -> str:
        """The first row that says all this, as soon as there is one."""

        def found() -> str | None:
            return next((row for row in self.rows(caption) if all(text in row for text in texts)), None)

        return str(self.wait(found))

    def fresh(self, caption: str) -> list[str]:
        """The rows that are marked as changed."""
        script = 'return rows.filter((row) => row.classList.contains("changed")).map((row) => row.innerText);'
        return list(self.run(_ROWS + script, caption))

    def looks(self) -> int:
        """How often the page has asked for the world."""
        script = """return performance.getEntriesByType("resource")
        .filter(({initiatorType}) => initiatorType === "fetch").length"""
        return int(self.run(script))

    def look_again(self, times: int = 3) -> None:
        """Lets the page look at the world some more times."""
        wanted = self.looks() + times
        self.wait(lambda: self.looks() >= wanted)

    def click(self, by: str, value: str) -> None:
        WebDriverWait(self.browser, SECONDS).until(element_to_be_clickable((by, value))).click()

    def follow(self, name: str) -> None:
        self.click(By.LINK_TEXT, name)

    def write(self, selector: str, text: str) -> None:
        self.browser.find_element(By.CSS_SELECTOR, selector).send_keys(text)

    def press(self, *keys: str) -> None:
        ActionChains(self.browser).send_keys(*keys).perform()

    def tab_back(self) -> None:
        ActionChains(self.browser).key_down(Keys.SHIFT).send_keys(Keys.TAB).key_up(Keys.SHIFT).perform()

    def tab_to(self, text: str) -> None:
        """Goes on with the keyboard until the focus stands on this text."""

        def there() -> bool:
            self.press(Keys.TAB)
            return bool(self.run("return document.activeElement.innerText") == text)

        self.wait(there)

    def obstacles(self, axe: str) -> list[str]:
        """What axe-core has against what is shown."""
        # As an extension would bring it: the page's own rules let no script of others in.
        self.browser.execute_cdp_cmd("Runtime.evaluate", {"expression": axe})
        found = self.browser.execute_async_script(
            "const done = arguments[arguments.length - 1]; axe.run(document).then(({violations}) => done("
            "violations.map(({id, nodes}) => `${id}: ${nodes.map((node) => node.html).slice(0, 3)}`)))"
        )
        return list(found)
