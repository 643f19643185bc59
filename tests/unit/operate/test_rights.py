"""What gives a right, on SQLite and PostgreSQL: a link once, a session for a time, a sign-in of somebody on the list until it is taken back."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa
from refusing import refused
from sent_reports import NOW

from mkmap.database import moderators, operators
from mkmap.database.connection import Store
from mkmap.database.moderators import SIGN_OUT_KEPT, Person, as_listed
from mkmap.database.operators import LINK_LIVES, SESSION_LIVES, SKEW
from mkmap.errors import Code, Refused
from mkmap.operate import rights
from mkmap.operate.noted import Noted
from mkmap.operate.rights import Visit
from mkmap.settings import Settings

TABLES = (operators.links, operators.sessions, moderators.moderators, moderators.sign_outs)
SECOND, YEARS = timedelta(seconds=1), timedelta(days=9 * 365)
ANN = Person("https://accounts.example.org", "1", "Ann@example.org", True, NOW - timedelta(minutes=1))
LISTED = {"ann@example.org", "frank@example.org", "strasse@example.org", "office@example.org", "james@example.org"}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """One of each kind for all tests."""
    url = request.getfixturevalue("postgres_server").create("rights") if request.param == "postgresql" else ""
    settings = Settings(home=tmp_path_factory.mktemp("home"), database_url=url, moderators="ann@example.org")
    yield settings
    rights.store(settings).engine.dispose()


@pytest.fixture
def store(database: Settings) -> Store:
    """Empty."""
    store = rights.store(database)
    with store.writing() as writing:
        for table in TABLES:
            writing.execute(sa.delete(table))
    return store


def test_a_link_opens_one_session_and_no_second(store):
    token = operators.make_link(store, at=NOW)
    held = operators.open_session(store, token, at=NOW + LINK_LIVES - SECOND)
    with refused(Refused, Code.OPERATOR_LINK_USED):
        operators.open_session(store, token, at=NOW + LINK_LIVES - SECOND)
    assert operators.has_session(store, held, at=NOW + LINK_LIVES)
    for other in (token, "", held[:-1], held.swapcase()):
        assert not operators.has_session(store, other, at=NOW)


def test_of_many_at_once_one_gets_the_session(store):
    token = operators.make_link(store, at=NOW)

    def tried(_number: int) -> bool:
        try:
            return bool(operators.open_session(store, token, at=NOW))
        except Refused:
            return False

    with ThreadPoolExecutor(8) as many:
        assert sum(many.map(tried, range(8))) == 1


def test_a_links_time_and_a_sessions_time_end(store):
    token = operators.make_link(store, at=NOW)
    with refused(Refused, Code.OPERATOR_LINK_UNKNOWN):
        operators.open_session(store, token, at=NOW + LINK_LIVES)
    held = operators.open_session(store, token, at=NOW)
    assert operators.has_session(store, held, at=NOW + SESSION_LIVES - SECOND)
    assert not operators.has_session(store, held, at=NOW + SESSION_LIVES)


def test_a_clock_that_leaps_lengthens_nothing(store):
    """What was made while the clock was years ahead is worth nothing when it is right again."""
    token, held = (operators.make_link(store, at=NOW + YEARS) for _ in range(2))
    held = operators.open_session(store, held, at=NOW + YEARS)
    assert operators.has_session(store, held, at=NOW + YEARS)
    assert not operators.has_session(store, held, at=NOW)
    with refused(Refused, Code.OPERATOR_LINK_UNKNOWN):
        operators.open_session(store, token, at=NOW)
    near = operators.open_session(store, operators.make_link(store, at=NOW + SKEW), at=NOW + SKEW)
    assert operators.has_session(store, near, at=NOW), "two machines' clocks differ a little"


def test_the_operator_can_end_one_session_or_all(store):
    one, two = (operators.open_session(store, operators.make_link(store, at=NOW), at=NOW) for _ in range(2))
    unused = operators.make_link(store, at=NOW)
    operators.end(store, one)
    assert not operators.has_session(store, one, at=NOW)
    assert operators.has_session(store, two, at=NOW)
    operators.end_all(store)
    assert not operators.has_session(store, two, at=NOW)
    with refused(Refused, Code.OPERATOR_LINK_UNKNOWN):
        operators.open_session(store, unused, at=NOW)


def test_whoever_reads_the_database_holds_nothing(store):
    token, used = (operators.make_link(store, at=NOW) for _ in range(2))
    held = operators.open_session(store, used, at=NOW)
    with store.reading() as reading:
        rows = str([reading.execute(sa.select(table)).all() for table in (operators.links, operators.sessions)])
    assert not [secret for secret in (token, used, held) if secret in rows]


def test_what_is_over_does_not_stay(store):
    for _ in range(3):
        operators.open_session(store, operators.make_link(store, at=NOW), at=NOW)
    operators.make_link(store, at=NOW + SESSION_LIVES)
    with store.reading() as reading:
        counts = [
            reading.execute(sa.select(sa.func.count()).select_from(table)).scalar()
            for table in (operators.links, operators.sessions)
        ]
    assert counts == [1, 0]


def name(store: Store, person: Person = ANN, listed: set[str] = LISTED) -> str:
    return moderators.name(store, person, listed, at=NOW)


def test_a_moderator_is_an_account_once_it_is_known(store):
    assert name(store) == "ann@example.org"
    assert name(store, replace(ANN, address="married@example.org")) == "ann@example.org"
    for other in (replace(ANN, subject="2"), replace(ANN, issuer="https://other.example.org")):
        with refused(Refused, Code.MODERATOR_OF_ANOTHER_ACCOUNT):
            name(store, other)
    assert moderators.forget(store, "Ann@Example.org")
    assert not moderators.forget(store, "ann@example.org")
    assert name(store, replace(ANN, subject="2")) == "ann@example.org"


def test_of_two_accounts_at_once_one_gets_the_address(store):
    def tried(subject: int) -> str:
        try:
            return name(store, replace(ANN, subject=str(subject // 2)))
        except Refused as error:
            return error.code

    with ThreadPoolExecutor(8) as many:
        answers = list(many.map(tried, range(8)))
    assert answers.count("ann@example.org") == 2, "in both of its tabs"
    assert answers.count(Code.MODERATOR_OF_ANOTHER_ACCOUNT) == 6


OTHERS = (
    "", "eve@example.org", "fran\u212a@example.org", "jame\u017f@example.org", "stra\u00dfe@example.org", "o\ufb03ce@example.org",
    "\uff41nn@example.org", "ann@example.org\x00", " ann@example.org", "ann@example.org,frank@example.org", "a\u200dnn@example.org",
)  # fmt: skip


def test_an_address_that_only_looks_like_one_of_the_list_is_none(store):
    for address in OTHERS:
        with refused(Refused, Code.MODERATOR_UNLISTED):
            name(store, replace(ANN, address=address))


def test_an_address_that_the_provider_has_not_verified_is_none(store):
    assert name(store)
    with refused(Refused, Code.MODERATOR_UNVERIFIED):
        name(store, replace(ANN, is_verified=False))


def test_who_is_taken_off_the_list_has_no_right_any_more(store):
    assert name(store)
    with refused(Refused, Code.MODERATOR_UNLISTED):
        name(store, listed=LISTED - {"ann@example.org"})
    with refused(Refused, Code.MODERATOR_UNLISTED):
        name(store, replace(ANN, address="frank@example.org"), LISTED - {"ann@example.org"})


def test_a_sign_out_ends_what_was_signed_in_before_it(store):
    later = replace(ANN, issued_at=NOW + SECOND)
    moderators.sign_out(store, ANN, at=NOW)
    for before in (ANN, replace(ANN, issued_at=NOW)):
        with refused(Refused, Code.MODERATOR_SIGNED_OUT):
            name(store, before)
    assert name(store, later)
    assert name(store, replace(ANN, subject="3", address="frank@example.org")), "another account"
    moderators.sign_out(store, later, at=NOW)
    with refused(Refused, Code.MODERATOR_SIGNED_OUT):  # also where the provider's clock is ahead of ours
        name(store, later)


def test_a_sign_out_while_the_clock_was_years_ahead_locks_nobody_out_for_years(store):
    moderators.sign_out(store, ANN, at=NOW + YEARS)
    with refused(Refused, Code.MODERATOR_SIGNED_OUT):
        name(store)
    assert name(store, replace(ANN, issued_at=NOW + SECOND))


def test_a_sign_out_is_kept_as_long_as_a_browser_may_come_with_what_was_before_it(store):
    moderators.sign_out(store, ANN, at=NOW)
    moderators.sign_out(store, replace(ANN, subject="2"), at=NOW + SIGN_OUT_KEPT - SECOND)
    with refused(Refused, Code.MODERATOR_SIGNED_OUT):
        name(store)
    with store.writing() as purging:  # by a clock that is believed, and not by whoever signs out
        moderators.forget_sign_outs(purging, NOW + SIGN_OUT_KEPT + SECOND)
    with store.reading() as reading:
        assert [row.subject for row in reading.execute(sa.select(moderators.sign_outs))] == ["2"]


def test_the_list_is_read_as_small_ascii_letters():
    assert as_listed("Ann@Example.ORG") == "ann@example.org"
    settings = partial(Settings, home=Path("nowhere"))
    assert rights.listed(settings(moderators=" Ann@example.org ,, fran\u212a@example.org,")) == {"ann@example.org"}
    assert rights.listed(settings(moderators=" , ")) == set()


def test_a_visit_has_what_it_holds(database: Settings, store):
    held = operators.open_session(store, operators.make_link(store, at=NOW), at=NOW)
    operator, ann, nobody = Visit(held), Visit(person=ANN), Visit()
    assert [rights.may_operate(database, visit, NOW) for visit in (operator, ann, nobody)] == [True, True, False]
    assert rights.moderator(database, ann, NOW) == "ann@example.org"
    for visit in (operator, nobody):
        with refused(Refused, Code.MODERATORS_ONLY):
            rights.moderator(database, visit, NOW)
    local = database.model_copy(update={"local_moderation": True})
    assert rights.moderator(local, operator, NOW) == "local"
    assert rights.moderator(local, Visit(held, ANN), NOW) == "ann@example.org", "who has signed in decides in their own name"
    with refused(Refused, Code.MODERATORS_ONLY):
        rights.moderator(local, nobody, NOW)


def test_a_session_that_is_named_is_asked_for_its_right_each_time(database: Settings, store):
    held, noted = operators.open_session(store, operators.make_link(store, at=NOW), at=NOW), Noted()
    noted.note("session", Visit(held))
    assert noted.may_operate(database, "session", NOW)
    assert not noted.may_operate(database, "another", NOW)
    assert not noted.may_operate(database, "session", NOW + SESSION_LIVES)
    operators.end(store, held)
    assert not noted.may_operate(database, "session", NOW)
    noted.note("session", None)
    assert not noted.may_operate(database, "session", NOW)
