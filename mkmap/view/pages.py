"""Name the pages, and say which of them keep the filters in their address."""

from enum import StrEnum


class Page(StrEnum):
    """In the order of the menu; the value is the name of its file in pages/."""

    MAP = "map"
    TRENDS = "trends"
    CLAIMS = "claims"
    WARDS = "wards"
    REPORT = "report"
    MEETING = "meeting"
    ABOUT = "about"
    MODERATION = "moderation"

    @property
    def path(self) -> str:
        """Of its address: the map is the first page."""
        return "/" if self is Page.MAP else f"/{self.value}"

    @property
    def has_filters(self) -> bool:
        return self not in (Page.REPORT, Page.MODERATION)
