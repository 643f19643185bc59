"""WHAT IS KEPT IN SQLITE OR POSTGRESQL: connections, migrations, who writes when, what must stay erased."""
