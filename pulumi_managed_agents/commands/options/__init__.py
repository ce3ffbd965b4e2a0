"""What each command takes: loaded for its help and to read a command line, without what the command works with."""
