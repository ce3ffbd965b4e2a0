"""The vocabulary in which kinds are declared, and what is read from a declaration alone. No I/O."""
