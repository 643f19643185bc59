"""Make the link that opens the operator's session, and say it where only whoever runs the server reads it: in the terminal."""

from contextlib import suppress
from datetime import datetime

from mkmap.database import operators
from mkmap.database.operators import LINK_LIVES, SESSION_LIVES
from mkmap.lake.replace import replace_file
from mkmap.operate import rights
from mkmap.settings import Settings
from mkmap.words import _

PATH = "/operate"
ADDRESS = "address.txt"  # in the data folder: where the app that was started last is reached
USUAL = "http://localhost:8501"  # as Streamlit has it


def lines(settings: Settings, at: datetime) -> list[str]:
    """A new link, and what it does. Raises NotKept where the database does not answer."""
    token = operators.make_link(rights.store(settings), at=at)
    until = (at + LINK_LIVES).astimezone().strftime("%H:%M")
    return [
        _("Operator's link: {link}").format(link=f"{_base(settings)}{PATH}?token={token}"),
        _("Open it once, before {time}, to load data in your browser for {hours} hours. Show it to nobody.").format(
            time=until, hours=int(SESSION_LIVES.total_seconds() // 3600)
        ),
        _("For a new one: python -m mkmap operate"),
    ]


def note_address(settings: Settings, address: str) -> None:
    """For the command, which runs in another process; a folder that only can be read is no reason not to start."""
    with suppress(OSError):
        settings.home.mkdir(parents=True, exist_ok=True)
        replace_file(settings.home / ADDRESS, lambda file: file.write_text(address))


def _base(settings: Settings) -> str:
    """Where people reach the app; else where it said that it runs."""
    if settings.public_url:
        return settings.public_url.rstrip("/")
    try:
        return (settings.home / ADDRESS).read_text().strip() or USUAL
    except (OSError, UnicodeError):
        return USUAL
