"""Entry of the plugin where the engine makes its environment from requirements.txt."""

import sys

from pulumi_managed_agents.__main__ import main

sys.exit(main())
