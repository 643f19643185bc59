"""THE RESIDENT'S PAGE: the form, the receipt, a correction."""
