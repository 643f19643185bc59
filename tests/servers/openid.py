"""Run a real OpenID provider on loopback, and sign in with it as a browser does."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests
from oidc_provider_mock import User, run_server_in_thread
from servers.app import Served
from servers.visitor import Visitor

PEOPLE = [  # whom the provider knows: subject, and what it says of them
    User(sub="ann", claims={"email": "Ann@Example.org", "email_verified": True}),
    User(sub="eve", claims={"email": "eve@example.org", "email_verified": True}),
    User(sub="unverified", claims={"email": "ann@example.org", "email_verified": False}),
    User(sub="silent", claims={"email": "ann@example.org"}),
    User(sub="nameless", claims={}),
    User(
        sub="other ann", claims={"email": "ann@example.org", "email_verified": True}
    ),  # who got her address, or another's account
    # who become somebody of the list when a language makes their letters small: K of kelvin, long s, sharp s, a ligature
    *(
        User(sub=address, claims={"email": address, "email_verified": True})
        for address in ("fran\u212a@example.org", "jame\u017f@example.org", "stra\u00dfe@example.org", "o\ufb03ce@example.org")
    ),
    User(sub="unverified text", claims={"email": "text@example.org", "email_verified": "true"}),
]
SECRET = "a secret of the tests, of 32 signs and more"


@contextmanager
def provider() -> Iterator[str]:
    """The provider's address: discovery, authorization code, signed identity tokens."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with run_server_in_thread(user_claims=PEOPLE) as server:
        yield f"http://localhost:{server.server_port}"


def secrets(file: Path, address: str, app_port: int, *, cookie_secret: str = SECRET) -> Path:
    """What an operator writes into Streamlit's secrets."""
    file.write_text(
        "[auth]\n"
        f'redirect_uri = "http://127.0.0.1:{app_port}/oauth2callback"\n'
        f'cookie_secret = "{cookie_secret}"\n'
        'client_id = "mkmap"\nclient_secret = "anything"\n'
        f'server_metadata_url = "{address}/.well-known/openid-configuration"\n'
    )
    return file


def sign_in(app: Served, visitor: Visitor, subject: str) -> str:
    """Press “Sign in” on the page, and follow where it leads; the cookies that a browser then has, as a header."""
    page = visitor.run(page="moderation")
    (button,) = (one.id for one in page.of("Button") if one.label == "Sign in")
    pressed = visitor.run(page="moderation", widgets={button: True})
    (way,) = (message.auth_redirect.url for message in pressed.messages if message.WhichOneof("type") == "auth_redirect")
    with requests.Session() as browser:
        browser.get(f"{app.address}/_stcore/health", timeout=60)  # as Streamlit's page does: it brings the XSRF cookie
        asked = browser.get(app.address + way, timeout=60)
        assert "localhost" in asked.url, "the provider asks who it is"
        back = browser.post(asked.url, data={"sub": subject}, timeout=60)
        assert back.url.startswith(app.address)
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in browser.cookies)
