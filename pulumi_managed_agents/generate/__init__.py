"""What is written out of the declarations: the typed Python classes and the reference. Run by `make generate`."""
