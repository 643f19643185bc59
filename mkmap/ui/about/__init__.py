"""THE ABOUT PAGE: what is shown, notices, data to take along, the operator's acts."""
