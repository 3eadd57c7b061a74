"""No test talks to anything but this machine."""

from __future__ import annotations

import socket

import pytest


@pytest.mark.parametrize("address", ["192.0.2.1", "203.0.113.7"])
def test_a_test_that_would_talk_to_others_fails(address: str) -> None:
    """Addresses that belong to nobody; broken by taking the hook away."""
    with socket.socket() as one, pytest.raises(AssertionError, match="a test talks to"):
        one.connect((address, 80))


def test_this_machine_may_be_talked_to() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)) as one:
            assert one.getpeername()[1] == port
