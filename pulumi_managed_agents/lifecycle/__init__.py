"""What create, read, update and delete take, as steps that somebody else carries out. No I/O."""
