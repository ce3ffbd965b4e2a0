"""What axe-core has against the page: nothing, in light and dark, on a screen and a phone, whatever is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from page import worlds

if TYPE_CHECKING:
    from page.conftest import World
    from page.reader import Reader

VIEWS = ("", "?kind=Session", "?q=review", "?q=no+such+thing", "?open=sesn_none", "?open=SESSION", "?open=DEPLOYMENT")
SCREENS = {"desktop": (1440, 900), "phone": (390, 844)}


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_keeps_people_from_using_the_page(
    world: World, reader: Reader, axe: str, scheme: str, screen: str
) -> None:
    worlds.busy(world.emulator)
    ids = {name: world.control.objects(f"{name.lower()}s")[0]["id"] for name in ("SESSION", "DEPLOYMENT")}
    reader.sit_at(*SCREENS[screen], scheme)

    for view in VIEWS:
        for name, id_ in ids.items():
            view = view.replace(name, id_)  # noqa: PLW2901 - the id of a name
        reader.open(view)
        assert reader.obstacles(axe) == [], view
