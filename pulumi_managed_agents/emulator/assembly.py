"""What answers for a world, put together."""

from typing import TYPE_CHECKING

from ..page.site import Site
from .application import Application
from .control import Control
from .control_http import ControlPages
from .page import ASSETS
from .page.world import WorldSource
from .services import Platforms, Services
from .world import World

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


class Assembly:
    """The application of a world, and the control of it."""

    def __init__(self, world: World) -> None:
        platforms = Platforms()
        self.control = Control(world, platforms, "claude")
        pages = ControlPages(self.control, Site(WorldSource(world, platforms), ASSETS))
        self.application: WSGIApplication = Application(world, Services(platforms), pages)
