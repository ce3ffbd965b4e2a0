"""One file per kind: declarations, and pure functions that belong to one kind. No I/O."""
