"""What `make test` leaves out is proved by what it runs."""

from __future__ import annotations

import pytest
from twins import Row, one_of, rows, slice_of, twin_of

ROWS = rows()


def test_the_table_has_rows() -> None:
    assert len(ROWS) > 10
    assert len({row.moved for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.moved)
def test_a_test_that_is_left_out_has_a_twin_that_runs(row: Row, collected: set[str]) -> None:
    moved = {test: twin for test in collected if (twin := row.twin(test))}

    assert moved, "the row is about no test"
    assert [(test, twin) for test, twin in moved.items() if not one_of(collected, twin)] == []
    assert [twin for twin in moved.values() if twin_of(twin)] == [], "a twin is left out itself"


def test_the_slices_of_ten_days_are_everything_that_is_left_out(collected: set[str]) -> None:
    left_out = {test for test in collected if twin_of(test)}

    sizes = [len([test for test in left_out if slice_of(test, 10) == number]) for number in range(10)]

    assert sum(sizes) == len(left_out)
    assert min(sizes) > 0
    assert max(sizes) < len(left_out) / 3
