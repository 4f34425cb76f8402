"""The page with every screen, as the playground serves it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.playground.gallery import POLICY, Gallery
from bot.playground.guard import add_headers, guard

from .conftest import Client

WRITES = (sys.executable, "-c", "import sys; open(sys.argv[1], 'w').write('<p>' + ' '.join(sys.argv[2:]))")
FAILS = (sys.executable, "-c", "print('content/en/faq.yaml:1: the file is empty'); raise SystemExit(1)")


def site(tmp_path: Path, command: tuple[str, ...]) -> TestClient[web.Request, web.Application]:
    app = web.Application(middlewares=[guard])
    app.on_response_prepare.append(add_headers)
    app.router.add_get("/gallery", Gallery(tmp_path / "gallery.html", command).serve)
    return TestClient(TestServer(app))


async def test_it_is_made_for_the_visit_and_may_load_nothing(tmp_path: Path) -> None:
    async with site(tmp_path, WRITES) as client, client.get("/gallery?languages=en,es") as response:
        assert response.status == 200
        assert await response.text() == "<p>--languages en,es"
        assert response.headers["Content-Security-Policy"] == POLICY
        assert response.content_type == "text/html"
    assert list(tmp_path.iterdir()) == []


async def test_faulty_content_is_told_as_text(tmp_path: Path) -> None:
    async with site(tmp_path, FAILS) as client, client.get("/gallery") as response:
        assert response.status == 409
        assert response.content_type == "text/plain"
        assert "content/en/faq.yaml:1" in await response.text()


@pytest.mark.parametrize("languages", ["en,es,fr", "--help", "en es", "x" * 50])
async def test_only_languages_are_passed_on(tmp_path: Path, languages: str) -> None:
    async with (
        site(tmp_path, WRITES) as client,
        client.get("/gallery", params={"languages": languages}) as response,
    ):
        assert response.status == 400


async def test_the_playground_has_it_with_every_screen_of_the_bot(client: Client) -> None:
    async with client.session.get(f"{client.url}/gallery") as response:
        assert response.status == 200
        text = await response.text()
    assert '<svg class="chart"' in text
    assert 'id="area-steps"' in text
