"""WHAT THE POLICE SAY THEY DO: API → answers → plan → store; what changed since the previous fetch; the demonstration."""
