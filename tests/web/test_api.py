"""What other systems ask, with tokens of every role and without."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import get_resolver

from tests.web.conftest import UNIT
from tests.web.test_decisions import OTHERS, OWN
from tests.web.test_may import names
from tests.web.worked import unlooked, worked
from web.may import API
from web.models import LogEntry, Look, Person, Role, Run, Ticked, Token
from web.running import assessment_of, ticked

TABLE = {
    "files": ("POST", "/files", " r  m"),
    "ask": ("POST", "/runs", " ra m"),
    "run": ("GET", "/runs/987654", "cralm"),
    "gates": ("GET", "/gates?key=x", "cralm"),
    "predecision": ("GET", "/predecision?key=x", "cralm"),
    "checklists": ("GET", "/checklists?key=x", "cralm"),
    "outcomes": ("GET", "/outcomes", "cralm"),
    "due": ("GET", "/due", "cralm"),
    "documents": ("GET", "/documents/x", " ralm"),
    "annex": ("GET", "/annex?key=x", "cralm"),
}
LETTERS = dict(zip("cralm", Role, strict=True))


def bearer(role: Role, unit: str = "") -> Client:
    """What a system with a token of a role asks with."""
    digest = hashlib.sha256(f"{role}{unit}".encode()).hexdigest()
    by = Person.objects.get(username="admin")
    known = {"name": "OA", "role": role, "unit": unit, "by": by}
    Token.objects.get_or_create(digest=digest, defaults=known)
    return Client(headers={"Authorization": f"Bearer {role}{unit}"})


def told(client: Client, address: str, **asked: str) -> Any:  # noqa: ANN401 - JSON
    answer = client.get(f"/api/v1{address}", asked)
    assert answer.status_code == 200, answer.content.decode()
    return json.loads(answer.content)


def test_every_address_stands_in_the_table() -> None:
    addresses = {name for name in names(get_resolver().url_patterns) if name.startswith("api:")}
    assert addresses - {"api:openapi-json", "api:openapi-view", "api:api-root"} == set(API)
    assert {f"api:{name}" for name in TABLE} == set(API)


@pytest.mark.parametrize("name", TABLE)
def test_it_answers_who_may_ask_and_nobody_else(name: str, db: None) -> None:
    method, address, allowed = TABLE[name]
    for wrong in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic x"}):
        answer = Client(headers=wrong).generic(method, f"/api/v1{address}")
        assert answer.status_code == 401
    for letter, role in LETTERS.items():
        client = bearer(role, UNIT if role is Role.CLERK else "")
        body = b"{}" if method == "POST" else b""
        sent = client.generic(method, f"/api/v1{address}", body, "application/json")
        assert (sent.status_code == 403) is (letter not in allowed), role
        assert sent.status_code in (200, 403, 404, 422), role


def test_a_session_opens_no_api_and_a_token_no_page(
    run: Run, logged_in: Callable[..., Client]
) -> None:
    assert logged_in("admin").get("/api/v1/due").status_code == 401
    assert bearer(Role.ADMIN).get("/people").status_code == 302
    assert bearer(Role.ADMIN).get("/api/v1/").status_code in (302, 401, 403, 404)


def test_the_gate_of_one_decision(run: Run) -> None:
    client = bearer(Role.REVIEWER)
    unlooked()
    found = told(client, "/gates", key=OWN)
    expected = [gate for gate in assessment_of(run).gates if gate.subject_key == OWN]
    assert [(g["gate"], g["state"]) for g in found["gates"]] == [
        (gate.gate, gate.state) for gate in expected
    ]
    assert [len(g["steps"]) for g in found["gates"]] == [len(gate.steps) for gate in expected]
    assert found["gates"][0]["state_title"] == "要件齐备"
    assert found["gates"][0]["day"] == "2025-03-20"
    assert found["timetable"] is None
    assert client.get("/api/v1/predecision", {"key": OWN}).status_code == 202
    worked(1)
    assert "赶得上" in "".join(told(client, "/gates", key=OWN)["timetable"][0]["goals"])
    assert told(client, "/predecision", key=OWN)["profile"] == "predecision"
    assert client.get("/api/v1/annex", {"key": OWN}).content[:2] == b"PK"


def test_another_day_for_the_meeting_is_looked_at_apart(run: Run) -> None:
    """Broken by the answer for the ledger's day given for another, or the other way round."""
    client = bearer(Role.REVIEWER)
    unlooked()
    days = {}
    for meeting in ({}, {"meeting": "2025-03-11"}):
        asked = {"key": OWN, **meeting}
        assert client.get("/api/v1/predecision", asked).status_code == 202
        worked(1)
        days[len(meeting)] = [
            (gate["gate"], gate["assumed"])
            for gate in told(client, "/predecision", **asked)["gates"]
        ]
        assert client.get("/api/v1/annex", asked).content[:2] == b"PK"
    assert days[0][0] == ("submit-to-discussion", "2025-03-20")
    assert days[1][0] == ("submit-to-discussion", "2025-03-11")
    assert client.get("/api/v1/predecision", {"key": OWN, "meeting": "三月"}).status_code == 422


def test_what_can_not_be_worked_out_says_why(run: Run) -> None:
    """Broken by a system that asks for ever."""
    client = bearer(Role.REVIEWER)
    unlooked()
    Look.objects.create(run=run, key=OWN, error="这件决策的记录太多")
    for address in ("/predecision", "/annex"):
        answer = client.get(f"/api/v1{address}", {"key": OWN})
        assert (answer.status_code, answer.json()) == (422, {"said": "这件决策的记录太多"})
    assert told(client, "/gates", key=OWN)["timetable"] is None


def test_a_clerks_token_has_its_unit_alone(run: Run) -> None:
    client = bearer(Role.CLERK, UNIT)
    assert told(client, "/gates", key=OWN)["key"] == OWN
    for address in ("/gates", "/predecision", "/annex"):
        assert client.get(f"/api/v1{address}", {"key": OTHERS}).status_code == 404
    unlooked()
    told(client, "/gates", key=OWN)
    worked(1)
    assert told(client, "/predecision", key=OWN)["inputs"] == []
    assert told(bearer(Role.REVIEWER), "/predecision", key=OWN)["inputs"] != []
    found = told(client, "/outcomes", limit="1000")
    assert {one["owner"] for one in found["outcomes"]} == {UNIT}
    assert {one["owner"] for one in told(client, "/due", days="3660")["due"]} == {UNIT}


CASE, CASES = "青罚〔2024〕67号", "penalty_case"


@pytest.mark.parametrize("letter", LETTERS)
def test_the_lists_of_a_record_for_every_role(letter: str, run: Run) -> None:
    """Every role sees the list of what it sees; a clerk none of another unit's record.

    Fails if a line lost its state, the place to fill it in or the requirement that asks for it.
    """
    role = LETTERS[letter]
    cases = [e for e in assessment_of(run).outcomes if e.subject_type == CASES]
    own = next(e.subject_key for e in cases if e.owner == UNIT)
    others = next(e.subject_key for e in cases if e.owner not in (UNIT, ""))
    client = bearer(role, UNIT if role is Role.CLERK else "")
    address = "/api/v1/checklists"
    assert client.get(address, {"key": own, "kind": CASES}).status_code == 202
    worked()
    found = told(client, "/checklists", key=own, kind=CASES)
    (one,) = found["checklists"]
    assert (found["key"], found["run"], one["title"]) == (own, run.pk, "行政处罚案卷")
    counts = Counter(item["state_title"] for item in one["items"])
    assert {f"{state}{n}" for state, n in counts.items()} == set(one["tally"].split("，"))
    for item in one["items"]:
        assert item["requirements"] or item["said"]
        assert item["columns"] or item["state"] in ("manual", "unknown")
    seen = client.get(address, {"key": others, "kind": CASES}).status_code
    assert seen == (404 if role is Role.CLERK else 202)


def test_the_lists_of_a_decision_and_of_a_document(run: Run) -> None:
    """Fails if a document had not one list a filing, or a kind without lists were answered."""
    client = bearer(Role.REVIEWER)
    document = {"key": "青政规〔2024〕1号", "kind": "normative_doc"}
    for asked in ({"key": OWN}, document):
        assert client.get("/api/v1/checklists", asked).status_code == 202
    worked()
    (package,) = told(client, "/checklists", key=OWN)["checklists"]
    assert package["title"] == "重大行政决策送审、上会材料"
    titles = [one["title"] for one in told(client, "/checklists", **document)["checklists"]]
    assert titles == ["规范性文件报备材料"] * 2
    for wrong in ({"key": OWN, "kind": "certificate"}, {"key": "没有这件"}):
        refused = client.get("/api/v1/checklists", wrong)
        assert refused.status_code == 404
    ticked(run, "decision", OWN)
    Ticked.objects.filter(key=OWN).update(checklists=None, error="表里没有这一行")
    failed = client.get("/api/v1/checklists", {"key": OWN})
    assert (failed.status_code, failed.json()) == (422, {"said": "表里没有这一行"})


def test_outcomes_are_narrowed_and_turned_over(run: Run) -> None:
    client, whole = bearer(Role.LEADER), assessment_of(run)
    found = told(client, "/outcomes", findings="true", limit="5")
    assert found["total"] == len(whole.findings)
    assert [one["fingerprint"] for one in found["outcomes"]] == [
        entry.fingerprint for entry in whole.findings[:5]
    ]
    more = told(client, "/outcomes", findings="true", limit="5", offset="5")
    assert [one["fingerprint"] for one in more["outcomes"]] == [
        entry.fingerprint for entry in whole.findings[5:10]
    ]
    gaps = told(client, "/outcomes", outcome="gap", key=OTHERS)["outcomes"]
    assert {(one["outcome"], one["key"]) for one in gaps} <= {("gap", OTHERS)}


def test_what_is_due(run: Run) -> None:
    found = told(bearer(Role.LEADER), "/due", days="30")["due"]
    assert found[0]["day"] == "2025-03-11"
    assert max(one["day"] for one in found) <= "2025-04-09"
    assert told(bearer(Role.LEADER), "/due", days="0") == {"notices": [], "due": []}


def test_files_and_runs(run: Run) -> None:
    client = bearer(Role.REVIEWER)
    file = SimpleUploadedFile("会议.csv", "会议名称\n常务会议\n".encode())
    taken = client.post("/api/v1/files", {"file": file})
    assert taken.json()["name"] == "会议.csv"
    secret = SimpleUploadedFile("机密.csv", b"x")
    refused = client.post("/api/v1/files", {"file": secret})
    assert refused.status_code == 422
    assert "涉密" in refused.json()["said"]
    asked = client.post("/api/v1/runs", {"as_of": "2025-03-10"}, "application/json").json()
    assert (asked["stored"], asked["state"]) == (False, "waiting")
    assert told(client, f"/runs/{run.pk}")["findings"] == run.findings
    assert [line.what for line in LogEntry.objects.order_by("pk")] == ["上传", "核对"]


def test_a_token_is_shown_once_and_taken_back(logged_in: Callable[..., Client], run: Run) -> None:
    admin = logged_in("admin")
    said = {"name": "OA", "role": "reviewer", "unit": ""}
    text = admin.post("/tokens", said, follow=True).content.decode()
    secret = text.split("OA的令牌：")[1].split("　")[0]
    client = Client(headers={"Authorization": f"Bearer {secret}"})
    assert client.get("/api/v1/due").status_code == 200
    assert secret not in admin.get("/tokens").content.decode()
    assert secret not in str(list(Token.objects.values_list()))
    admin.post(f"/tokens/{Token.objects.get().pk}/revoke")
    assert client.get("/api/v1/due").status_code == 401


def test_the_page_about_it_fetches_nothing_from_elsewhere(logged_in: Callable[..., Client]) -> None:
    client = logged_in("leader")
    text = client.get("/api/v1/docs").content.decode()
    assert "cdn" not in text
    assert "/static/ninja/swagger-ui-bundle.js" in text
    schema = client.get("/api/v1/openapi.json").json()
    assert len(schema["paths"]) == len(TABLE)
    assert Client().get("/api/v1/docs").status_code == 302
