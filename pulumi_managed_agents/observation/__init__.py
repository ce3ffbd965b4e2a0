"""What the objects of stacks are now, beside what their states say."""
