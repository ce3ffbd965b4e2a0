"""The one error of this tool: a route to an engine that does not lead anywhere."""

DOCUMENTATION = "https://www.pulumi.com/docs/install/"


class Unavailable(Exception):
    """Why a route gives no engine, as a clause of a sentence, and what would open it besides Pulumi's own installer."""

    def __init__(self, reason: str, remedy: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.remedy = remedy


def sentence(failures: list[Unavailable]) -> str:
    """One sentence out of all the reasons: what is missing and what to install."""
    *most, last = [failure.reason for failure in failures]
    reasons = f"{', '.join(most)} and {last}" if most else last
    wanted = [f"the Pulumi CLI ({DOCUMENTATION})", *(failure.remedy for failure in failures if failure.remedy)]
    return f"{reasons}: install {' or '.join(wanted)} and run `make toolchain` again."
