"""WHAT A VIEW SAYS: the data set, what the filters leave of it, and the sentences that page, sheet, slide and feed share."""
