"""MANY WARDS: which stand out, which cannot be told apart."""
