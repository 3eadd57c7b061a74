"""Every address against every role, and nobody: it lets no one in where they don't belong."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from web.may import ANYONE, API, MAY
from web.models import Role

# c 经办, r 审查, a 审批, l 领导, m 管理员; written down by hand, one line an address.
TABLE = {
    ("logout", "POST"): "cralm",
    ("password", "GET"): "cralm",
    ("home", "GET"): "cralm",
    ("upload", "GET"): "cr  m",
    ("upload", "POST"): "cr  m",
    ("remove", "POST"): "cr  m",
    ("confirm", "POST"): " r  m",
    ("original", "GET"): " r  m",
    ("example", "POST"): "    m",
    ("check", "POST"): "cra m",
    ("progress", "GET"): "cralm",
    ("decisions", "GET"): "cralm",
    ("decision", "GET"): "cralm",
    ("annex", "GET"): "cralm",
    ("answer", "POST"): " ra  ",
    ("document", "GET"): " ralm",
    ("blanks", "GET"): "cralm",
    ("blanks-file", "GET"): "cralm",
    ("records", "GET"): "cralm",
    ("checklist", "GET"): "cralm",
    ("report", "GET"): " ralm",
    ("chief", "GET"): " ralm",
    ("rules", "GET"): "cralm",
    ("rule", "GET"): "cralm",
    ("findings", "GET"): "cralm",
    ("finding", "GET"): "cralm",
    ("unmask", "POST"): "cra  ",
    ("assign", "POST"): " ra  ",
    ("hand-in", "POST"): "cra  ",
    ("evidence", "GET"): "cralm",
    ("close", "POST"): "  a  ",
    ("waive", "POST"): "  a  ",
    ("waivers", "GET"): " ralm",
    ("revoke", "POST"): "  a  ",
    ("history", "GET"): " ralm",
    ("run", "GET"): " ralm",
    ("replay", "POST"): " ra m",
    ("compare", "GET"): " ralm",
    ("log", "GET"): " ralm",
    ("log-file", "GET"): " ralm",
    ("people", "GET"): "    m",
    ("people", "POST"): "    m",
    ("person", "POST"): "    m",
    ("tokens", "GET"): "    m",
    ("tokens", "POST"): "    m",
    ("revoke-token", "POST"): "    m",
    ("api:openapi-json", "GET"): "cralm",
    ("api:openapi-view", "GET"): "cralm",
}
LETTERS = dict(zip("cralm", Role, strict=True))
NUMBERED = (
    "remove", "original", "progress", "run", "replay", "person", "revoke", "decision", "annex",
    "answer", "document", "finding", "unmask", "assign", "hand-in", "evidence", "close", "waive",
    "revoke-token", "records", "rule",
)  # fmt: skip
TWICE = ("checklist",)


def names(patterns: list[URLPattern | URLResolver], prefix: str = "") -> set[str]:
    found: set[str] = set()
    for one in patterns:
        if isinstance(one, URLResolver):
            space = f"{one.namespace}:" if one.namespace else ""
            found |= names(one.url_patterns, prefix + space)
        else:
            found.add(f"{prefix}{one.name}")
    return found


def test_every_address_stands_in_the_table() -> None:
    addresses = names(get_resolver().url_patterns)
    pages = addresses - set(API) - {"api:api-root"}  # tests/web/test_api.py tries those
    assert pages == set(MAY) | ANYONE
    assert pages - ANYONE == {name for name, _ in TABLE}


@pytest.mark.parametrize(("name", "method"), TABLE)
def test_it_lets_in_who_belongs_and_nobody_else(
    name: str, method: str, logged_in: Callable[..., Client]
) -> None:
    numbers = 2 if name in TWICE else name in NUMBERED
    address = reverse(name, args=[987654] * numbers)
    assert Client().generic(method, address).status_code == 302
    assert Client().generic(method, address)["Location"].startswith("/login?next=")
    allowed = TABLE[name, method]
    for letter, role in LETTERS.items():
        client = logged_in(role.value, "县城市管理局" if role is Role.CLERK else "")
        client.raise_request_exception = False
        status = client.generic(method, address).status_code
        assert (status == 403) is (letter not in allowed), (role, status)
        assert status in (200, 302, 403, 404), (role, status)


def test_a_table_that_lets_in_too_many_is_seen(
    monkeypatch: pytest.MonkeyPatch, logged_in: Callable[..., Client]
) -> None:
    monkeypatch.setattr("web.gate.MAY", {**MAY, "people": frozenset(Role)})
    assert logged_in("leader").get("/people").status_code == 200
    monkeypatch.setattr("web.gate.MAY", {})
    assert logged_in("admin").get("/people").status_code == 403
