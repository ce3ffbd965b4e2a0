"""A ceiling in credits, which the SDK types and no document mentions."""

import re
from decimal import Decimal
from typing import Literal

from pydantic import field_validator

from ..platform.bodies import Closed

_AMOUNT = re.compile(r"[0-9]{1,12}(\.[0-9]{1,2})?")


class Budget(Closed):
    """A limit, as a decimal in text."""

    type: Literal["limit"]
    max_credit_cost: str

    @field_validator("max_credit_cost")
    @classmethod
    def _positive(cls, amount: str) -> str:
        if not _AMOUNT.fullmatch(amount) or not Decimal(amount):
            raise ValueError("must be a positive decimal with at most 12 integer and 2 fractional digits")
        return amount
