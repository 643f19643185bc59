"""WHAT BECAME OF CRIMES: outcomes counted, compared at the same age, drawn and said."""
