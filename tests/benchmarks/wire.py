def kilobytes_of_changes(home,address): return [0.0]
