"""Files from outside: told by their bytes, read by GDAL only where they ask nobody."""
