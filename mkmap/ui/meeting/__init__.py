"""THE HALL: one message a screen, for a projector and a presenter with a clicker."""
