"""A crime map that a town can argue over honestly."""
