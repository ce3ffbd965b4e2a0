"""What answers for a world, put together."""

from typing import TYPE_CHECKING

from .application import Application
from .control import Control
from .control_http import ControlPages
from .services import Platforms, Services
from .world import World

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

    from ..page.site import Site


class Assembly:
    """The application of a world, and the control of it."""

    def __init__(self, world: World) -> None:
        platforms = Platforms()
        self.control = Control(world, platforms, "claude")
        pages = ControlPages(self.control, lambda: _site(world, platforms))
        self.application: WSGIApplication = Application(world, Services(platforms), pages)


def _site(world: World, platforms: Platforms) -> "Site":
    """The page; most worlds are in a provider, where nobody looks at it."""
    from ..page.site import Site  # noqa: PLC0415 - as said
    from .page import ASSETS  # noqa: PLC0415 - as said
    from .page.world import WorldSource  # noqa: PLC0415 - as said

    return Site(WorldSource(world, platforms), ASSETS)
