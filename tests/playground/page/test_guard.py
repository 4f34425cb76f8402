from __future__ import annotations

import pytest

from .conftest import Client


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8080", "127.0.0.1.evil.example", "localhost.evil.example", "[", ""]
)
@pytest.mark.parametrize("path", ["/", "/assets/js/main.js", "/api/state", "/api/events"])
async def test_a_request_for_another_host_name_is_refused(client: Client, host: str, path: str) -> None:
    status, answer = await client.call("GET", path, headers={"Host": host})
    assert status == 403
    assert answer["error"].startswith("Host: ")


@pytest.mark.parametrize("host", ["127.0.0.1:1", "localhost", "LocalHost:99", "[::1]:8080"])
async def test_any_name_of_this_computer_is_fine(client: Client, host: str) -> None:
    status, _ = await client.call("GET", "/api/state", headers={"Host": host})
    assert status == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1", "http://localhost"])
async def test_another_origin_cannot_make_people_talk(client: Client, origin: str) -> None:
    body = {"text": "pay me"}
    path = f"/api/people/{client.person}/messages"
    status, answer = await client.call("POST", path, body, headers={"Origin": origin})
    assert status == 403
    assert "its own page only" in answer["error"]
    assert client.playground.world.chat(client.person) == []


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/api/bot/restart"), ("GET", "/api/state"), ("GET", "/api/events")]
)
async def test_a_request_caused_by_another_site_is_refused(
    client: Client, site: str, method: str, path: str
) -> None:
    status, answer = await client.call(method, path, headers={"Sec-Fetch-Site": site})
    assert status == 403
    assert answer["error"].startswith("Sec-Fetch-Site: ")


async def test_a_link_elsewhere_may_lead_to_the_page_itself(client: Client) -> None:
    async with client.session.get(client.url, headers={"Sec-Fetch-Site": "cross-site"}) as response:
        assert response.status == 200
        assert "<title>Playground</title>" in await response.text()


@pytest.mark.parametrize("path", ["/", "/assets/css/base.css", "/api/state", "/nowhere"])
async def test_every_answer_forbids_foreign_code_and_framing(client: Client, path: str) -> None:
    async with client.session.get(client.url + path) as response:
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert response.headers["X-Content-Type-Options"] == "nosniff"


async def test_a_form_of_another_page_is_not_taken_for_json(client: Client) -> None:
    path = f"{client.url}/api/people"
    async with client.session.post(
        path, data='{"name": "Eve"}', headers={"Content-Type": "text/plain"}
    ) as response:
        assert response.status == 415
        assert await response.json() == {"error": "Content-Type: send application/json"}


@pytest.mark.parametrize(
    "path", ["/assets/../run.py", "/assets/%2e%2e/run.py", "/assets/..%2frun.py", "/assets//etc/passwd"]
)
async def test_only_the_page_itself_can_be_read(client: Client, path: str) -> None:
    async with client.session.get(client.url + path) as response:
        assert response.status in (403, 404)
