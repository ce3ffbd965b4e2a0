"""The one error of this tool."""


class Failure(Exception):
    """Why nothing was made, as a sentence."""
