"""Coding: what helps the person who writes the tables, so that nobody counts a character by hand."""
