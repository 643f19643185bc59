"""Keep of a secret only its SHA-256: who reads the database holds none."""

import hashlib
import hmac
import secrets


def new() -> str:
    """A secret that nobody guesses: 256 bits, as an address or a cookie can carry it."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def matches(stored: str, secret: str) -> bool:
    """Compared in the same time wherever the two differ."""
    return hmac.compare_digest(stored, digest(secret))
