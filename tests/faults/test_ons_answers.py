"""The ONS on good and on bad days: wards whole, or one sentence and the store as it was."""

import gzip
import json
from datetime import date

import pytest
import requests
from made_wards import AREA, as_published, code, wards
from refusing import refused
from servers.ons import Portal, drip, hang_up, send, send_json, serving, silence
from stores_now import Now

from mkmap.errors import Code, Refused, Unreachable
from mkmap.places import download, ons
from mkmap.places.load import load_wards
from mkmap.places.store import Places

START = date(2014, 5, 22)
ERROR = send_json({"error": {"code": 400, "message": "Invalid\nURL", "details": ["Invalid URL"]}})
HTML = send(200, b"<!DOCTYPE html><html><body>Sign in</body></html>", Content_Type="text/html")


def features(count: int = 3, **columns) -> list[dict]:
    return json.loads(as_published(wards(count), **columns).to_json())["features"]


@pytest.fixture
def portal():
    with serving(Portal(features() + features(2, area="E06000055"))) as made:
        yield made


@pytest.fixture
def places(home) -> Now:
    return Now(Places, home)


@pytest.fixture
def session():
    with requests.Session() as made:
        yield made


@pytest.fixture
def refusal(places, session):
    """A refusal with a plain sentence, the store being as it was."""

    def refusal(address: str, area: str = AREA) -> Refused:
        version = places.version
        with pytest.raises(Refused) as caught:
            load_wards(places, address, start=START, area=area, session=session)
        sentence = str(caught.value)
        assert places.version == version
        assert "Nothing was changed" in sentence
        assert "\n" not in sentence
        return caught.value

    return refusal


# Bad days


@pytest.mark.parametrize("part", ["layer", "query"])
@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (ERROR, Code.LAYER_REFUSED),
        (send_json({"error": "no"}), Code.LAYER_REFUSED_WITHOUT_REASON),
        (HTML, Code.LAYER_NOT_DATA),
        (send(200, b""), Code.LAYER_NOT_DATA),
        (send_json(None), Code.LAYER_NOT_DATA),
        (send_json([]), Code.LAYER_NOT_DATA),
        (send(200, b"[" * 200_000), Code.LAYER_NOT_DATA),
        (send(200, b"\xff\xfe\x00"), Code.LAYER_NOT_DATA),
        (send(200, b"not gzip", Content_Encoding="gzip"), Code.ADDRESS_BROKE_OFF),
        (send(200, gzip.compress(b'{"fields": []}' * 50)[:30], Content_Encoding="gzip"), Code.LAYER_NOT_DATA),
        (send(200, b'{"fields"', Content_Length="5000"), Code.ADDRESS_BROKE_OFF),
        (send(500, b"{}"), Code.ADDRESS_SAID_NO),
        (send(403, b"<html>Forbidden</html>"), Code.ADDRESS_SAID_NO),
        (send(404, b""), Code.ADDRESS_SAID_NO),
        (hang_up, Code.ADDRESS_UNREACHABLE),
    ],
)
def test_an_answer_that_cannot_be_used_is_one_sentence(portal, refusal, part, answer, code):
    portal.instead[part] = answer
    refused = refusal(portal.layer)
    assert (type(refused), refused.code) == (Unreachable, code)


@pytest.mark.parametrize("twentieth", range(1, 20))
def test_an_answer_cut_short_is_one_sentence(portal, refusal, twentieth):
    whole = json.dumps({"type": "FeatureCollection", "features": features()}).encode()
    portal.instead["query"] = send(200, whole[: len(whole) * twentieth // 20])
    assert isinstance(refusal(portal.layer), Unreachable)


def test_a_layer_without_fields_is_refused(portal, refusal):
    portal.instead["layer"] = send_json({"name": "Wards"})
    assert refusal(portal.layer).code is Code.LAYER_UNDESCRIBED


@pytest.mark.parametrize("page", [{}, {"features": None}, {"features": {}}, {"type": "FeatureCollection"}])
def test_an_answer_without_boundaries_is_refused(portal, refusal, page):
    portal.instead["query"] = send_json(page)
    assert refusal(portal.layer).code is Code.LAYER_EMPTY


@pytest.mark.parametrize(
    "found", [[None], [1], [{}], [{"type": "Feature"}], [{"type": "Feature", "properties": {}, "geometry": None}]]
)
def test_boundaries_that_are_none_are_refused(portal, refusal, found):
    portal.instead["query"] = send_json({"type": "FeatureCollection", "features": found})
    refusal(portal.layer)


def test_a_district_that_the_layer_has_not_is_named(portal, refusal):
    refused = refusal(portal.layer, "E06000099")
    assert (refused.code, refused.values) == (Code.LAYER_WITHOUT_AREA, {"area": "E06000099"})


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        (["WD25CD", "WD25NM", "LADCD_ACTIVE"], Code.LAYER_WITHOUT_DISTRICTS),
        (["LAD25CD", "LAD25NM"], Code.LAYER_WITHOUT_WARDS),
        ([], Code.LAYER_WITHOUT_DISTRICTS),
    ],
)
def test_a_layer_of_something_else_is_refused(portal, refusal, fields, code):
    portal.fields = fields
    assert (refusal(portal.layer).code, portal.queries) == (code, [])


def test_a_broken_second_page_leaves_no_half_set(portal, refusal):
    portal.limit = 2
    portal.instead["query"] = [None, ERROR]
    assert isinstance(refusal(portal.layer), Unreachable)


def test_a_layer_that_promises_more_and_gives_none_is_refused(portal, refusal):
    portal.instead["query"] = send_json({"features": [], "exceededTransferLimit": True})
    assert refusal(portal.layer).code is Code.LAYER_BROKE_OFF


def test_a_layer_that_never_ends_is_refused(portal, refusal):
    others = features(ons.MOST_PAGES)
    portal.instead["query"] = [send_json({"features": [one], "exceededTransferLimit": True}) for one in others]
    assert refusal(portal.layer).code is Code.LAYER_ENDLESS
    assert len(portal.queries) == ons.MOST_PAGES


def test_a_layer_that_repeats_its_page_is_refused(portal, refusal):
    page = {"type": "FeatureCollection", "features": features(2)}
    portal.instead["query"] = [send_json(page | {"exceededTransferLimit": True}), send_json(page)]
    assert refusal(portal.layer).code is Code.LAYER_REPEATS


def test_a_bad_ward_of_the_layer_is_named(portal, refusal):
    portal.features[1]["properties"]["WD25NM"] = ""
    refused = refusal(portal.layer)
    assert (refused.code, refused.source) == (Code.WARD_WITHOUT_NAME, portal.layer)
    assert refused.values == {"code": code(2)}


def test_silence_ends_in_time(portal, refusal, monkeypatch):
    monkeypatch.setattr(download, "SILENCE", 0.2)
    portal.instead["layer"] = silence(1.0)
    assert refusal(portal.layer).code is Code.ADDRESS_TIMED_OUT


def test_silence_in_the_middle_ends_in_time(portal, refusal, monkeypatch):
    monkeypatch.setattr(download, "SILENCE", 0.2)
    portal.instead["query"] = drip(b'{"features": []}', pause=1.0)
    assert refusal(portal.layer).code is Code.ADDRESS_TIMED_OUT


def test_a_slow_drip_meets_the_deadline(portal, session):
    portal.instead["query"] = drip(b" " * 200, pause=0.02)
    with refused(Unreachable, Code.ADDRESS_TIMED_OUT):
        download.answer(session, portal.layer + "/query", params={}, deadline=0.3)


def test_an_answer_without_end_meets_the_limit(portal, refusal, monkeypatch):
    monkeypatch.setattr(download, "MOST_BYTES", 1000)
    portal.instead["layer"] = send(200, b" " * 5000)
    assert refusal(portal.layer).code is Code.ANSWER_TOO_LARGE


def test_a_compressed_answer_is_limited_by_what_it_unpacks_to(portal, refusal, monkeypatch):
    monkeypatch.setattr(download, "MOST_BYTES", 100_000)
    portal.instead["layer"] = send(200, gzip.compress(b" " * 10_000_000), Content_Encoding="gzip")
    assert refusal(portal.layer).code is Code.ANSWER_TOO_LARGE


def test_a_refused_connection_is_one_sentence(refusal):
    with serving(Portal(features())) as gone:
        layer = gone.layer
    assert refusal(layer).code is Code.ADDRESS_UNREACHABLE


def test_a_password_in_an_address_is_not_repeated(refusal):
    with serving(Portal(features())) as gone:
        layer = gone.layer.replace("http://", "http://me:secret@")
    assert "secret" not in str(refusal(layer + "?token=secret"))


def test_a_redirection_that_never_ends_is_one_sentence(portal, refusal):
    portal.instead["layer"] = send(302, b"", Location="?again")
    assert isinstance(refusal(portal.layer), Unreachable)


# Good days


def test_the_wards_of_the_district_are_stored(portal, places, session):
    made = load_wards(places, portal.layer, start=START, area=AREA, session=session)
    assert (made.wards, made.source) == (3, portal.layer)
    assert places.wards(made)["code"].tolist() == [code(1), code(2), code(3)]
    asked = portal.queries[0]
    assert asked["where"] == f"LAD25CD='{AREA}'"
    assert (asked["outFields"], asked["outSR"], asked["f"]) == ("*", "4326", "geojson")


@pytest.mark.parametrize("flag", ["top", "properties"])
@pytest.mark.parametrize("limit", [1, 2, 3, 7])
def test_pages_are_read_to_the_end(places, session, flag, limit):
    with serving(Portal(features(7), limit=limit, flag=flag)) as portal:
        assert load_wards(places, portal.layer, start=START, area=AREA, session=session).wards == 7
        assert len(portal.queries) == -(-7 // limit)


@pytest.mark.parametrize("end", ["/", "?f=json", "/?f=html"])
def test_a_layer_is_known_however_its_address_ends(portal, places, session, end):
    assert load_wards(places, portal.layer + end, start=START, area=AREA, session=session).wards == 3


def test_a_layer_of_another_vintage_is_asked_by_its_own_column(places, session):
    with serving(Portal(features(vintage="22"))) as portal:
        load_wards(places, portal.layer + "/", start=START, area=AREA, session=session)
        assert portal.queries[0]["where"] == f"LAD22CD='{AREA}'"


def test_wards_of_other_districts_are_left_out_even_if_the_layer_gives_them(portal, places, session):
    portal.instead["query"] = send_json(
        {"type": "FeatureCollection", "features": portal.features[:3] + features(1, area="E06000055")}
    )
    assert load_wards(places, portal.layer, start=START, area=AREA, session=session).wards == 3


def test_a_busy_moment_is_waited_out(portal, places):
    portal.instead["layer"] = [send(503, b"")]
    assert load_wards(places, portal.layer, start=START, area=AREA, session=download.session()).wards == 3
