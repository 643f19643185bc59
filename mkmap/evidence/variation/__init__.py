"""HOW COUNTS VARY by themselves: month by month, ward by ward, year by year."""
