"""What residents write: it never runs, calls nobody, and leaves no trace where it does not belong."""

from pathlib import Path

import made_stores
from browser_actions import idle, press
from playwright.sync_api import Page, expect
from report_form import fill_in, look_up, press_send
from sent_reports import NOW, corrected, published, submission
from servers.app import ANSWERS_FOR_IT
from test_hostile_names_in_a_browser import PAYLOADS

from mkmap.database import connection
from mkmap.month import Month
from mkmap.reports.masking import masked
from mkmap.reports.privacy import TEXT_CHARACTERS
from mkmap.reports.report import Place
from mkmap.reports.store import deciding, sending

CANARY = "Zebracanary"
PHONE = "07700900123"


def packed(payloads: list[str]) -> list[str]:
    """As many payloads in a text as the form lets through."""
    texts = [""]
    for payload in payloads:
        if len(texts[-1]) + len(payload) + 1 > TEXT_CHARACTERS:
            texts.append("")
        texts[-1] = f"{texts[-1]}\n{payload}".strip()
    return texts


def test_no_payload_runs_where_a_report_reaches(serve, tmp_path: Path, opened):
    """In the queue, in its history, in a correction, in the receipt, on the map, in its table."""
    town = made_stores.town(tmp_path / "town")
    store = connection.connected(town)
    texts = packed(PAYLOADS)
    assert len(texts) <= 20
    for text in texts:
        receipt = sending.submit(store, submission(text=masked(text).text, month=Month(2025, 1)), at=NOW)
    app = serve(town, {"MKMAP_LOCAL_MODERATION": "1", **ANSWERS_FOR_IT})
    moderator = opened(f"{app.address}/moderation", cookie=app.operator())
    look_at_each(moderator, [masked(text).text.splitlines()[0] for text in texts])
    for text, report in zip(texts, deciding.reports_in(store, "pending"), strict=True):
        deciding.decide(store, report, deciding.Act.REJECT, who="Ann", at=NOW, reason=text)
    moderator.reload()
    _other, report = published(store, month=Month(2025, 1), place=Place(*made_stores.place(0), PAYLOADS[0]))
    for text in texts:
        corrected(store, report.mark, text=text)
    moderator.reload()
    moderator.get_by_text("Correction asked for (1)").click()
    expect(moderator.get_by_text("Correction asked for: ").first).to_be_visible()
    idle(moderator)
    moderator.get_by_text("Rejected (").click()
    expect(moderator.get_by_text("rejected: ").first).to_be_visible()
    idle(moderator)
    look_at_each(moderator, [f"{number}: Burglary" for number in (1, 2)])
    moderator.get_by_text("History").first.click()
    resident = opened(f"{app.address}/report")
    look_up(resident, receipt)
    expect(resident.get_by_text("It is rejected.")).to_be_visible()
    visitor = opened(f"{app.address}/?from=2025-01&to=2025-01&type=all")
    visitor.get_by_text("Residents' reports", exact=True).click()
    expect(visitor.get_by_text("Each row is one report")).to_be_visible()
    assert PAYLOADS[0] in visitor.locator(".stMain table").inner_text()
    idle(visitor)


def look_at_each(page: Page, texts: list[str]) -> None:
    """Open one report of the desk after the other, and find these texts in them."""
    for place, text in enumerate(texts):
        if place:
            press(page, "desk_next")
        expect(page.locator(".st-key-desk_one")).to_contain_text(text)


def test_what_was_written_stands_in_the_database_alone_and_after_erasing_nowhere(serve, tmp_path: Path, opened):
    town = made_stores.town(tmp_path / "town")
    places = {name: tmp_path / name for name in ("temporary", "homes")}
    for folder in places.values():
        folder.mkdir()
    app = serve(town, {"TMPDIR": str(places["temporary"]), "HOME": str(places["homes"]), **ANSWERS_FOR_IT})
    page = opened(f"{app.address}/report")
    fill_in(page, f"{CANARY} came. Ring {PHONE}.")
    receipt = press_send(page)

    def found(text: str) -> set[str]:
        everywhere = [file for folder in (town, *places.values()) for file in folder.rglob("*") if file.is_file()]
        return {file.name for file in [*everywhere, app.log_file] if text.encode() in file.read_bytes()}

    assert found(CANARY) == {"reports.sqlite"}
    for secret in (PHONE, receipt, "127.0.0.1:"):
        assert not {name for name in found(secret) if name.endswith(".sqlite")}
    assert found(PHONE) == set()
    assert found(receipt) == set()
    assert "High Street" not in app.log
    look_up(page, receipt)
    page.get_by_text("I want everything erased").click()
    press(page, "receipt_erase")
    expect(page.get_by_text("Everything that was kept of this report is erased.")).to_be_visible()
    assert found(CANARY) == set()
