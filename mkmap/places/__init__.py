"""WHERE: ward boundary sets with dates, anonymous map points, households. Knows nothing of crimes."""
