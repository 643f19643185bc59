"""Wards as publishers write them: which columns, which codes, and whether their polygons are a set of wards."""
