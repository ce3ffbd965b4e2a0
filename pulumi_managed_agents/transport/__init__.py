"""Requests on the wire: sending, repeating, pacing, and bounds on what comes back."""
