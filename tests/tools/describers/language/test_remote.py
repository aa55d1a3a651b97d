"""The remote describer against a real HTTP server on this machine that plays an endpoint."""

import base64
import contextlib
import io
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import PIL.Image
import pytest

from focalface.tools.describers.language import results
from focalface.tools.describers.language.remote import RemoteDescriber
from focalface.tools.errors import DeadlineError, RemoteError, SettingsError
from focalface.tools.geometry import atlas
from focalface.tools.pictures.images import open_image
from focalface.tools.types import Box

pytest.importorskip("openai")

ANSWER = (
    '{"action_units": {"AU12": 0.6}, "absent": ["AU15"], "emotion": "happiness", '
    '"age_group": "30-39", "cannot_tell": [], "text": "The lip corners are pulled up."}'
)


class Endpoint:
    """Answers with prepared replies in turn (the last one for ever) and keeps what it was sent."""

    def __init__(self) -> None:
        self.replies: list[str | int] = [ANSWER]
        self.requests: list[dict] = []
        self.hold = threading.Event()
        self.hold.set()
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                endpoint.requests.append(body)
                many = len(endpoint.replies) > 1
                reply = endpoint.replies.pop(0) if many else endpoint.replies[0]
                endpoint.hold.wait(30)
                if isinstance(reply, int):
                    self.respond(reply, {"error": {"message": "made up"}})
                else:
                    message = {"role": "assistant", "content": reply}
                    choice = {"index": 0, "message": message, "finish_reason": "stop"}
                    head = {"id": "1", "object": "chat.completion", "created": 1, "model": "m"}
                    self.respond(200, head | {"choices": [choice]})

            def respond(self, status: int, body: dict) -> None:
                data = json.dumps(body).encode()
                with contextlib.suppress(OSError):  # the client may have given up waiting
                    self.send_response(status)
                    self.send_header("Content-Type", "application/json")
                    self.send_header("Retry-After-Ms", "1")
                    self.send_header("Content-Length", str(len(data)))
                    self.end_headers()
                    self.wfile.write(data)

            def log_message(self, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/v1"
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()

    def close(self) -> None:
        self.hold.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def endpoint():
    made = Endpoint()
    yield made
    made.close()


@pytest.fixture
def describer(endpoint):
    made = RemoteDescriber("focal", base_url=endpoint.url)
    yield made
    if made._client is not None:
        made._client.close()


@pytest.fixture
def photo():
    noise = np.random.default_rng(0).integers(0, 255, (640, 640, 3), dtype=np.uint8)
    picture = PIL.Image.fromarray(noise)
    exif = PIL.Image.Exif()
    exif[0x010E] = "the secret place"
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif)
    return open_image(out.getvalue())


def ask(describer, photo, face, *names, **options):
    regions = [atlas.named_region(face, name, photo.size) for name in names]
    return describer.describe(photo, face, regions, **options)


def pictures(request: dict) -> list[bytes]:
    content = request["messages"][1]["content"]
    urls = [part["image_url"]["url"] for part in content if part["type"] == "image_url"]
    return [base64.b64decode(url.partition(",")[2]) for url in urls]


def test_an_answer_becomes_a_description_that_says_where_the_picture_went(
    describer, photo, mean_face
):
    (found,) = ask(describer, photo, mean_face(), "mouth")
    present = {(u.code, u.side): u.intensity for u in found.action_units if u.intensity}
    assert present == {("AU12", "left"): 0.6, ("AU12", "right"): 0.6}
    assert "AU15" in {u.code for u in found.action_units} and "AU25" in found.not_assessed
    assert found.emotion is not None and found.emotion.label == "happiness"
    assert found.age is not None and (found.age.low, found.age.high) == (30, 40)
    assert any("sent to the model 'focal'" in limit for limit in found.limits)
    assert results.NO_DISTRIBUTION in found.limits


def test_only_the_face_leaves_without_metadata_and_it_comes_first_every_time(
    describer, endpoint, photo, mean_face, move_face
):
    face, _ = move_face(mean_face(), scale=0.3)
    ask(describer, photo, face, "mouth", "left_eye")
    first, second = (pictures(request) for request in endpoint.requests)
    assert first[0] == second[0] and first[1] != second[1]
    for data in (*first, *second):
        assert b"secret" not in data
        with PIL.Image.open(io.BytesIO(data)) as picture:
            assert not picture.getexif() and max(picture.size) <= 448
    # The face spans a third of the photo: what was sent is the square around it, not the photo.
    with PIL.Image.open(io.BytesIO(first[0])) as picture:
        sent = np.asarray(picture.convert("RGB"), np.float32)
    whole = np.asarray(photo.to_pil().resize((448, 448)), np.float32)
    assert np.abs(sent - whole).mean() > 20


def test_an_unreadable_answer_is_asked_for_once_more_and_then_given_up(
    describer, endpoint, photo, mean_face
):
    endpoint.replies = ["{{{", ANSWER]
    (found,) = ask(describer, photo, mean_face(), "mouth")
    assert found.text and len(endpoint.requests) == 2
    assert "could not be read" in endpoint.requests[1]["messages"][-1]["content"]
    endpoint.replies = ["{{{"]
    (found,) = ask(describer, photo, mean_face(), "mouth")
    assert (found.action_units, found.emotion, found.age) == ((), None, None)
    assert results.UNREADABLE in found.limits


def test_an_endpoint_without_schemas_is_asked_in_words(describer, endpoint, photo, mean_face):
    endpoint.replies = [400, ANSWER]
    (found,) = ask(describer, photo, mean_face(), "mouth")
    assert found.text
    assert ["response_format" in r for r in endpoint.requests] == [True, False]


def test_rate_limits_are_waited_out(describer, endpoint, photo, mean_face):
    endpoint.replies = [429, 503, ANSWER]
    (found,) = ask(describer, photo, mean_face(), "mouth")
    assert found.text and len(endpoint.requests) == 3


@pytest.mark.parametrize(
    ("status", "words"),
    [(401, "OPENAI_API_KEY"), (404, "no model 'focal'"), (422, "status 422 .*made up")],
)
def test_refusals_say_what_to_do(describer, endpoint, photo, mean_face, status, words):
    endpoint.replies = [status]
    with pytest.raises(RemoteError, match=words):
        ask(describer, photo, mean_face(), "mouth", "chin")


def test_one_region_that_fails_does_not_lose_the_others(describer, endpoint, photo, mean_face):
    endpoint.replies = [404, ANSWER]
    found = ask(describer, photo, mean_face(), "mouth", "left_lip_corner", "right_lip_corner")
    assert sorted(bool(d.action_units) for d in found) == [False, True, True]
    assert any("no model" in limit for d in found for limit in d.limits)


def test_time_that_runs_out_is_an_error(describer, endpoint, photo, mean_face):
    endpoint.hold.clear()
    with pytest.raises(DeadlineError):
        ask(describer, photo, mean_face(), "mouth", timeout_s=0.2)


def test_nothing_is_sent_for_a_region_that_shows_nothing(describer, endpoint, photo, mean_face):
    face = mean_face()
    corner = atlas.custom(face, Box(x1=0, y1=0, x2=20, y2=20), photo.size)
    (found,) = describer.describe(photo, face, [corner])
    assert endpoint.requests == [] and results.hidden(found.region) in found.limits


def test_leaving_the_machine_is_said_once(photo, mean_face, caplog, endpoint, monkeypatch):
    made = RemoteDescriber("m", base_url=endpoint.url)
    monkeypatch.setattr(made, "_host", "api.example.org")
    ask(made, photo, mean_face(), "mouth")
    (again,) = ask(made, photo, mean_face(), "mouth")
    made._client.close()
    assert caplog.text.count("Pictures leave this machine") == 1
    assert any("api.example.org, off this machine" in limit for limit in again.limits)


@pytest.mark.parametrize("url", [None, "", "localhost:8000", "ftp://host/v1"])
def test_an_address_is_needed(url):
    with pytest.raises(SettingsError, match="--base-url"):
        RemoteDescriber("m", base_url=url)


def test_an_endpoint_that_is_not_there_is_named(photo, mean_face, monkeypatch):
    from focalface.tools.describers.language import remote

    monkeypatch.setattr(remote, "RETRIES", 0)
    made = RemoteDescriber("m", base_url="http://127.0.0.1:9/v1")
    with pytest.raises(RemoteError, match="cannot be reached"):
        ask(made, photo, mean_face(), "mouth")
    made._client.close()
