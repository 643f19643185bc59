"""Choose the reports that are shown: residents' own, or beside the demonstration the invented ones. They never meet."""

from datetime import date

from mkmap.dataset import invented_reports
from mkmap.reports.store import Store, opened
from mkmap.settings import Settings


def reports_of(settings: Settings, today: date, *, is_demonstration: bool) -> Store:
    """Raises NotKept where the database does not answer, Refused where its setting cannot be used."""
    if is_demonstration:
        return invented_reports.opened_demonstration(settings.home / "demonstration", today)
    return opened(settings.home, settings.database_url)
