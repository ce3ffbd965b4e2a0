"""Ratios against bare code, taken in one run: `make benchmark`."""
