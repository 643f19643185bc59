"""TABLES: files that are only ever replaced, named in a manifest; readers never see half a change."""
