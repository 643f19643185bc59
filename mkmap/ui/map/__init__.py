"""THE MAP'S PAGE."""
