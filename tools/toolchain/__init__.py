"""Finds, installs or builds a Pulumi engine; `python3 tools/toolchain` prints the folder that holds it.

Runs on a bare Python 3.11: the standard library only, because the virtual environment may not exist yet.
"""
