"""ONE PLACE, TWO PERIODS: months, and whether they changed."""
