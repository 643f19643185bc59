"""The ONS on good and on bad days: wards whole, or one sentence and the store as it was."""

import gzip
import json
from datetime import date

import pytest
import requests
from made_wards import AREA, as_published, code, wards
from servers.ons import Portal, drip, hang_up, send, send_json, serving, silence
from stores_now import Now

from mkmap.errors import BadInput, Refused, Unreachable
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
    """The sentence and the kind of a refusal, the store being as it was."""

    def refusal(address: str, area: str = AREA) -> tuple[type, str]:
        version = places.version
        with pytest.raises(Refused) as caught:
            load_wards(places, address, start=START, area=area, session=session)
        sentence = str(caught.value)
        assert places.version == version
        assert "Nothing was changed" in sentence
        assert "\n" not in sentence
        return type(caught.value), sentence

    return refusal


# Bad days


@pytest.mark.parametrize("part", ["layer", "query"])
@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (ERROR, "refused: Invalid URL. Nothing was changed; try again later, or load a file."),
        (send_json({"error": "no"}), "refused: it gave no reason."),
        (HTML, "answered with something that is not data"),
        (send(200, b""), "answered with something that is not data"),
        (send_json(None), "answered with something that is not data"),
        (send_json([]), "answered with something that is not data"),
        (send(200, b"[" * 200_000), "answered with something that is not data"),
        (send(200, b"\xff\xfe\x00"), "answered with something that is not data"),
        (send(200, b"not gzip", Content_Encoding="gzip"), "broke off or cannot be read"),
        (send(200, gzip.compress(b'{"fields": []}' * 50)[:30], Content_Encoding="gzip"), "Nothing was changed"),
        (send(200, b'{"fields"', Content_Length="5000"), "broke off or cannot be read"),
        (send(500, b"{}"), "answered with the error 500"),
        (send(403, b"<html>Forbidden</html>"), "answered with the error 403"),
        (send(404, b""), "answered with the error 404"),
        (hang_up, "could not be reached"),
    ],
)
def test_an_answer_that_cannot_be_used_is_one_sentence(portal, refusal, part, answer, sentence):
    portal.instead[part] = answer
    kind, said = refusal(portal.layer)
    assert kind is Unreachable
    assert sentence in said


@pytest.mark.parametrize("twentieth", range(1, 20))
def test_an_answer_cut_short_is_one_sentence(portal, refusal, twentieth):
    whole = json.dumps({"type": "FeatureCollection", "features": features()}).encode()
    portal.instead["query"] = send(200, whole[: len(whole) * twentieth // 20])
    assert refusal(portal.layer)[0] is Unreachable


def test_a_layer_without_fields_is_refused(portal, refusal):
    portal.instead["layer"] = send_json({"name": "Wards"})
    assert "does not describe a layer of boundaries" in refusal(portal.layer)[1]


@pytest.mark.parametrize("page", [{}, {"features": None}, {"features": {}}, {"type": "FeatureCollection"}])
def test_an_answer_without_boundaries_is_refused(portal, refusal, page):
    portal.instead["query"] = send_json(page)
    assert "gave no boundaries" in refusal(portal.layer)[1]


@pytest.mark.parametrize(
    "found", [[None], [1], [{}], [{"type": "Feature"}], [{"type": "Feature", "properties": {}, "geometry": None}]]
)
def test_boundaries_that_are_none_are_refused(portal, refusal, found):
    portal.instead["query"] = send_json({"type": "FeatureCollection", "features": found})
    refusal(portal.layer)


def test_a_district_that_the_layer_has_not_is_named(portal, refusal):
    kind, said = refusal(portal.layer, "E06000099")
    assert kind is BadInput
    assert "the layer has no ward of E06000099" in said


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (["WD25CD", "WD25NM", "LADCD_ACTIVE"], "the layer has no column of the districts' codes"),
        (["LAD25CD", "LAD25NM"], "the layer has no columns of ward codes and ward names"),
        ([], "the layer has no column of the districts' codes"),
    ],
)
def test_a_layer_of_something_else_is_refused(portal, refusal, fields, sentence):
    portal.fields = fields
    kind, said = refusal(portal.layer)
    assert (kind, portal.queries) == (BadInput, [])
    assert sentence in said


def test_a_broken_second_page_leaves_no_half_set(portal, refusal):
    portal.limit = 2
    portal.instead["query"] = [None, ERROR]
    assert refusal(portal.layer)[0] is Unreachable


def test_a_layer_that_promises_more_and_gives_none_is_refused(portal, refusal):
    portal.instead["query"] = send_json({"features": [], "exceededTransferLimit": True})
    assert "says that there is more and does not give it" in refusal(portal.layer)[1]


def test_a_layer_that_never_ends_is_refused(portal, refusal):
    portal.instead["query"] = send_json({"features": features(1), "exceededTransferLimit": True})
    assert "gives more wards than there can be" in refusal(portal.layer)[1]
    assert len(portal.queries) == ons.MOST_PAGES


def test_a_layer_that_repeats_its_page_is_refused(portal, refusal):
    page = {"type": "FeatureCollection", "features": features(2)}
    portal.instead["query"] = [send_json(page | {"exceededTransferLimit": True}), send_json(page)]
    assert "stands there twice" in refusal(portal.layer)[1]


def test_a_bad_ward_of_the_layer_is_named(portal, refusal):
    portal.features[1]["properties"]["WD25NM"] = ""
    kind, said = refusal(portal.layer)
    assert kind is BadInput
    assert said.startswith(portal.layer)
    assert code(2) in said


def test_silence_ends_in_time(portal, refusal, monkeypatch):
    monkeypatch.setattr(download, "SILENCE", 0.2)
    portal.instead["layer"] = silence(1.0)
    assert "did not answer in time" in refusal(portal.layer)[1]


def test_silence_in_the_middle_ends_in_time(portal, refusal, monkeypatch):
    monkeypatch.setattr(download, "SILENCE", 0.2)
    portal.instead["query"] = drip(b'{"features": []}', pause=1.0)
    assert "did not answer in time" in refusal(portal.layer)[1]


def test_a_slow_drip_meets_the_deadline(portal, session):
    portal.instead["query"] = drip(b" " * 200, pause=0.02)
    with pytest.raises(Unreachable, match="did not answer in time"):
        download.answer(session, portal.layer + "/query", params={}, deadline=0.3)


def test_an_answer_without_end_meets_the_limit(portal, refusal, monkeypatch):
    monkeypatch.setattr(download, "MOST_BYTES", 1000)
    portal.instead["layer"] = send(200, b" " * 5000)
    assert "larger than" in refusal(portal.layer)[1]


def test_a_compressed_answer_is_limited_by_what_it_unpacks_to(portal, refusal, monkeypatch):
    monkeypatch.setattr(download, "MOST_BYTES", 100_000)
    portal.instead["layer"] = send(200, gzip.compress(b" " * 10_000_000), Content_Encoding="gzip")
    assert "larger than" in refusal(portal.layer)[1]


def test_a_refused_connection_is_one_sentence(refusal):
    with serving(Portal(features())) as gone:
        layer = gone.layer
    assert "could not be reached" in refusal(layer)[1]


def test_a_password_in_an_address_is_not_repeated(refusal):
    with serving(Portal(features())) as gone:
        layer = gone.layer.replace("http://", "http://me:secret@")
    assert "secret" not in refusal(layer + "?token=secret")[1]


def test_a_redirection_that_never_ends_is_one_sentence(portal, refusal):
    portal.instead["layer"] = send(302, b"", Location="?again")
    assert refusal(portal.layer)[0] is Unreachable


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
