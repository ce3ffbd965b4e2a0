"""What several kinds share: parts of declarations, and steps about them."""
