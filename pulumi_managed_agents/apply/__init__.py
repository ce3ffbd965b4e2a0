"""Carries out what a lifecycle asks for, and never loses an id."""
