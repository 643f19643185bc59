"""Fill in the report form in a browser, as a resident would."""

import re

from playwright.sync_api import Page, expect


def choose(page: Page, key: str, text: str) -> None:
    field = page.locator(f".st-key-{key} input")
    field.click()
    field.fill(text)
    page.get_by_role("option", name=text).first.click()
    expect(field).to_have_value(text)
    settled(page)


def settled(page: Page) -> None:
    """Until the page has drawn what was chosen."""
    page.wait_for_timeout(150)
    expect(page.locator('[data-test-script-state="running"]')).to_have_count(0)


def fill_in(page: Page, text: str = "They came at night.") -> None:
    expect(page.locator(".st-key-report_submit")).to_be_visible()
    choose(page, "report_type", "Burglary")
    choose(page, "report_month", page.evaluate("new Date().toLocaleString('en-GB', {month: 'long', year: 'numeric'})"))
    choose(page, "report_street", "High Street, Alder Park")
    page.locator(".st-key-report_told_police").get_by_text("No", exact=True).click()
    page.locator(".st-key-report_response").get_by_text("I was afraid to").click()
    settled(page)
    page.locator(".st-key-report_text textarea").fill(text)
    page.keyboard.press("Tab")  # as a press elsewhere does: what was typed is sent
    settled(page)


def press_send(page: Page) -> str:
    page.locator(".st-key-report_submit button").click()
    return receipt_on(page)


def receipt_on(page: Page) -> str:
    digits = page.locator(".st-key-report_receipt")
    expect(digits).to_contain_text(re.compile(r"\d{16}"))
    return re.search(r"\d{16}", digits.inner_text())[0]
