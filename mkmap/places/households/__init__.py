"""Households of wards, from the tables that censuses publish."""
