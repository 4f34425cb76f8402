from __future__ import annotations

import pytest

from bot.errors import SettingsError
from bot.playground.address import Address, parse


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("127.0.0.1:8080", Address("127.0.0.1", 8080)),
        ("localhost:9", Address("127.0.0.1", 9)),
        ("LOCALHOST:9", Address("127.0.0.1", 9)),
        ("[::1]:8080", Address("::1", 8080)),
        (" 127.0.0.1:0 ", Address("127.0.0.1", 0)),
    ],
)
def test_an_address_of_this_computer_is_accepted(text: str, address: Address) -> None:
    assert parse(text) == address


@pytest.mark.parametrize(
    "host", ["0.0.0.0", "192.168.1.7", "[::]", "example.org", "", "localhost.example.org"]
)
def test_an_address_that_others_could_reach_is_refused_with_the_right_one(host: str) -> None:
    with pytest.raises(
        SettingsError, match=r"--listen .*: the playground is for this computer only; use 127\.0\.0\.1:80"
    ):
        parse(f"{host}:80")


@pytest.mark.parametrize(
    "text",
    ["8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:²"],
)
def test_an_address_without_a_proper_port_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(
        SettingsError, match=r"give a host and a port from 0 to 65535, for example 127\.0\.0\.1:8080"
    ):
        parse(text)


def test_an_address_is_shown_as_a_link_to_open() -> None:
    assert Address("127.0.0.1", 80).url == "http://127.0.0.1:80"
    assert Address("::1", 80).url == "http://[::1]:80"
