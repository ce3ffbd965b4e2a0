"""What differs between two values of a declared shape, and what a platform's value says in the user's words."""
