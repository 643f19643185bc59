"""WHAT THE MAP IS MADE OF: marks, labels, shading, sizes. Knows no screen."""
