"""Entry of the installed plugin: its libraries stand beside it, and nothing else is looked for."""

import os
import sys
from pathlib import Path

LIBRARIES = Path(__file__).parent / "lib" / f"{sys.platform}-{os.uname().machine}"

sys.path.insert(0, str(LIBRARIES))

from pulumi_managed_agents.__main__ import main  # noqa: E402 - found through the line above

sys.exit(main())
