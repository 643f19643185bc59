"""A QR code says the address that it was made of, with white around it; none is made of an address that only this machine knows."""

import re

import numpy as np
import pytest
import zxingcpp

from mkmap.drawing import qr
from mkmap.view.sentences import phone_address

LINK = "https://crime.example.org/wards?from=2025-01&to=2025-06&ward=E05009412&ward=E05009413&type=Anti-social+behaviour"


def picture(svg: str, module: int = 8) -> np.ndarray:
    """The modules of the SVG's dark path, drawn: moves, and steps to the right."""
    side = int(re.search(r'viewBox="0 0 (\d+) \1"', svg).group(1))
    drawn, column, line = np.full((side, side), 255, np.uint8), 0.0, 0.0
    for kind, one, _space, two in re.findall(r"([Mmh])\s*(-?[\d.]+)(\s?)(-?[\d.]*)", svg.split('class="qrline"')[1]):
        if kind == "h":
            drawn[int(line), int(column) : int(column) + int(one)] = 0
            column += float(one)
        else:
            column, line = (float(one), float(two)) if kind == "M" else (column + float(one), line + float(two))
    return np.kron(drawn, np.ones((module, module), np.uint8))


@pytest.mark.parametrize("address", ["https://crime.example.org/report", LINK, LINK + "&ward=E05009414" * 20])
def test_a_code_reads_as_its_address(address: str):
    assert zxingcpp.read_barcode(picture(qr.svg(address))).text == address


def test_a_code_has_white_around_it():
    drawn = picture(qr.svg(LINK), module=1)
    assert (drawn[: qr.QUIET] == 255).all()
    assert (drawn[:, -qr.QUIET :] == 255).all()
    assert (drawn[qr.QUIET] == 0).any()


@pytest.mark.parametrize("visited", ["http://localhost:8501/", "http://127.0.0.1:8501/trends", "http://[::1]:8501/", None, ""])
def test_an_address_that_only_this_machine_knows_is_for_no_phone(visited: str | None):
    assert phone_address("", visited) == ""
    assert phone_address("https://crime.example.org/", visited) == "https://crime.example.org"


def test_an_address_in_the_hall_is_for_phones():
    assert phone_address("", "http://192.168.0.7:8501/trends?from=2025-01") == "http://192.168.0.7:8501"
