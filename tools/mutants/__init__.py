"""Small faults in the core, one at a time: which of them does `make test` find?"""
