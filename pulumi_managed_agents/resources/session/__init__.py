"""Session: an agent at work on what is mounted. One kind in several files."""
