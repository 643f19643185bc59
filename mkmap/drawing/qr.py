"""Write an address as a QR code that a phone's camera reads from a screen, a wall or paper."""

from io import BytesIO

import segno

QUIET = 4  # modules of white around the code: what the standard asks for
DARK, LIGHT = "#000000", "#ffffff"  # in both themes: many cameras read no light code on a dark ground


def svg(address: str) -> str:
    """A picture of its own, as SVG without a size: it fills the place that it gets.

    Raises segno.DataOverflowError for an address of more than about 2,300 characters.
    """
    file = BytesIO()
    segno.make_qr(address, error="m").save(
        file, kind="svg", border=QUIET, dark=DARK, light=LIGHT, omitsize=True, xmldecl=False, nl=False
    )
    return file.getvalue().decode()
