"""WHAT THE POLICE RECORDED: API or archive → ingest → store → query; the demonstration data."""
