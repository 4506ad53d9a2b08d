"""Fuzzing, which pytest only tries."""
