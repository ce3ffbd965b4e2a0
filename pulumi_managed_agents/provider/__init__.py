"""What both front ends and the commands are made of: a configured provider."""
