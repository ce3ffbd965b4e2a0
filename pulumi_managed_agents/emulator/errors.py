"""What the emulator raises to the program that runs it. What it answers to clients stands with each platform.

EmulatorError            the file, the port or a control call cannot be used as asked
"""


class EmulatorError(Exception):
    """One sentence that names what cannot be used: a path, a port, a rule, a setting."""
