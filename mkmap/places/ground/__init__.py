"""THE GROUND: what people know a place by, kept under the marks."""
