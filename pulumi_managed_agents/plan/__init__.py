"""Check, diff and preview: what is declared, what is wrong with it, and what a change of it would mean.

Values in, values out. No clock, no network, no Pulumi; randomness comes in through `CheckContext`, and what local files
hold through its `files`.
"""

from __future__ import annotations

from .check import STAMP_DIGITS as STAMP_DIGITS
from .check import CheckContext as CheckContext
from .check import check as check
from .diff import diff as diff
from .diff import explained as explained
from .diff import refuse_elsewhere as refuse_elsewhere
from .diff import refuse_lacking as refuse_lacking
from .diff import refuse_misnamed as refuse_misnamed
from .diff import replaced as replaced
from .lacking import doubted as doubted
from .managed import managed as managed
from .mending import mended as mended
from .preview import preview as preview
from .state import inputs_in as inputs_in
from .state import is_kept as is_kept
from .state import understood as understood
from .validation import unfit as unfit
