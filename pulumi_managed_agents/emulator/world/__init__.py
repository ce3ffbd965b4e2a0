"""The emulated world as it is kept: one SQLite file, and what can be read and written in one transaction.

Every statement of SQL stands in this room. `file.py` opens the file, `schema.py` has its tables, the others what is
asked of them; `transaction.py` puts these together.
"""

from .file import World
from .objects import Record
from .transaction import Transaction
from .values import JSON, Order, Position

__all__ = ["JSON", "Order", "Position", "Record", "Transaction", "World"]
