"""What happens in a session and in its threads, as the platforms tell it."""
