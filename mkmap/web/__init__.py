"""ROUTES: the server, data, feeds, previews and briefings."""
