"""Fill in the report form in a browser, as a resident would."""

import re

from browser_actions import choose, idle, press, ticked
from playwright.sync_api import Page, expect

LONDONS_MONTH = "new Date().toLocaleString('en-GB', {month: 'long', year: 'numeric', timeZone: 'Europe/London'})"


def fill_in(page: Page, text: str = "They came at night.") -> None:
    expect(page.locator(".st-key-report_submit")).to_be_visible()
    choose(page, "report_type", "Burglary")
    choose(page, "report_month", page.evaluate(LONDONS_MONTH))
    choose(page, "report_street", "High Street, Alder Park")
    ticked(page, "report_told_police", "No")
    ticked(page, "report_response", "I was afraid to")
    page.locator(".st-key-report_text textarea").fill(text)
    page.keyboard.press("Tab")  # as a press elsewhere does: what was typed is sent
    idle(page)


def press_send(page: Page) -> str:
    press(page, "report_submit")
    receipt = receipt_on(page)
    expect(page.locator(".st-key-report_receipt")).to_be_in_viewport(ratio=1)  # nobody has to look for it
    return receipt


def receipt_on(page: Page) -> str:
    digits = page.locator(".st-key-report_receipt")
    expect(digits).to_contain_text(re.compile(r"\d{4}( \d{4}){3}"))
    return re.search(r"\d{4}( \d{4}){3}", digits.inner_text())[0].replace(" ", "")


def look_up(page: Page, receipt: str) -> None:
    if not page.locator(".st-key-receipt input").is_visible():
        page.get_by_text("I have a receipt").click()
    page.locator(".st-key-receipt input").fill(receipt)
    press(page, "receipt_look_up")
