"""THE WARDS' PAGE: all of them, and one."""
