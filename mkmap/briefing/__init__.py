"""PAPER: two sheets about a ward, to take along. Knows no screen."""
