"""THE FORCE'S DISTRICTS: which of them differ, in charges and in crimes."""
