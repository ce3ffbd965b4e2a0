"""Look-ups: what a program can ask without managing anything."""
