"""Files: uploaded, told about, not given back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import story

if TYPE_CHECKING:
    from verify.run import Run


@story("files: uploaded, read, removed")
def life(run: Run) -> None:
    """One small file to its end."""
    files = run.at("files")
    one = run.create(
        "an upload", "files", files.upload, file=(f"{run.label}-notes.txt", b"some notes", "text/plain")
    ).id
    run.see("what is told about it", files.retrieve_metadata, one)
    run.see("its content, which uploads do not give back", files.download, one)
    run.listed("a list", files.list)
    run.see("a removal", files.delete, one)
    run.see("a read of what is removed", files.retrieve_metadata, one)
    run.see("a removal of what is removed", files.delete, one)
