"""WHO RUNS IT: commands, what is stored, what is fetched and let go."""
