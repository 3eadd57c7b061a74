"""Logging in, the log, and what every answer carries."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from tests.web.conftest import WORD, someone
from web.models import AppendOnlyError, LogEntry, Person
from web.serve import first_password


def lines() -> list[tuple[str, str, str]]:
    return [(one.who, one.what, one.about) for one in LogEntry.objects.order_by("pk")]


def test_the_first_password_is_made_once_and_has_to_be_changed(db: None) -> None:
    assert first_password() == ""
    client = Client()
    person = Person.objects.create_user("neu", password=WORD, name="新来", role="reviewer")
    answer = client.post("/login", {"username": "neu", "password": WORD})
    assert answer["Location"] == "/"
    assert client.get("/")["Location"] == "/password"
    own = "hai-an-7720-song"
    said = {"old_password": WORD, "new_password1": own, "new_password2": own}
    assert client.post("/password", said)["Location"] == "/"
    assert client.get("/").status_code == 200
    person.refresh_from_db()
    assert person.check_password(own)
    assert lines() == [("新来", "登录", ""), ("新来", "改密码", "新来")]


@pytest.mark.parametrize("weak", ["short-1", "12345678901", "password123", "reviewer-1"])
def test_weak_passwords_are_refused(weak: str, logged_in: Callable[..., Client]) -> None:
    client = logged_in("reviewer")
    said = {"old_password": WORD, "new_password1": weak, "new_password2": weak}
    assert client.post("/password", said).status_code == 200
    assert Person.objects.get(username="reviewer").check_password(WORD)


def test_five_wrong_passwords_lock_the_door(db: None) -> None:
    someone("leader")
    client = Client()
    wrong = {"username": "leader", "password": "falsch"}
    statuses = [client.post("/login", wrong).status_code for _ in range(5)]
    assert statuses == [200, 200, 200, 200, 429]
    right = client.post("/login", {"username": "leader", "password": WORD})
    assert right.status_code == 429
    assert "锁定15分钟" in right.content.decode()


def test_somebody_stopped_is_out_at_once(logged_in: Callable[..., Client]) -> None:
    reader, admin = logged_in("leader"), logged_in("admin")
    assert reader.get("/").status_code == 200
    pk = Person.objects.get(username="leader").pk
    admin.post(f"/people/{pk}", {"action": "stop"})
    assert reader.get("/").status_code == 302
    assert lines() == [("管理员某", "停用账号", "领导某")]


def test_nobody_stops_themselves(logged_in: Callable[..., Client]) -> None:
    admin = logged_in("admin")
    admin.post(f"/people/{Person.objects.get(username='admin').pk}", {"action": "stop"})
    assert admin.get("/").status_code == 200


def test_a_clerk_without_a_unit_is_none(logged_in: Callable[..., Client]) -> None:
    admin = logged_in("admin")
    said = {"username": "wang", "name": "王某", "role": "clerk", "unit": ""}
    assert "经办要写单位" in admin.post("/people", said).content.decode()
    made = admin.post("/people", said | {"unit": "县城市管理局"}, follow=True)
    assert "王某的一次性密码" in made.content.decode()
    assert "一次性密码：" not in admin.get("/people").content.decode()
    assert Person.objects.get(username="wang").must_change


def test_the_log_only_grows(logged_in: Callable[..., Client]) -> None:
    logged_in("admin").get("/log.csv")
    entry = LogEntry.objects.get()
    with pytest.raises(AppendOnlyError):
        entry.save()
    with pytest.raises(AppendOnlyError):
        entry.delete()
    for statement in ("UPDATE web_logentry SET who = 'x'", "DELETE FROM web_logentry"):
        with (
            pytest.raises(DatabaseError, match="only grows"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_the_log_is_exported_and_starts_no_formula(logged_in: Callable[..., Client]) -> None:
    LogEntry.objects.create(who="=1+1", role="admin", what="试", about="@x")
    answer = logged_in("reviewer").get("/log.csv")
    text = answer.content.decode("utf-8-sig").splitlines()
    assert text[0] == "时间,谁,角色,做了什么,对什么"
    assert text[1].endswith(",'=1+1,admin,试,'@x")
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_no_page_runs_or_fetches_what_is_not_ours(logged_in: Callable[..., Client]) -> None:
    client = logged_in("admin")
    for address in ("/", "/upload", "/history", "/log", "/people", "/password"):
        answer = client.get(address)
        text = answer.content.decode()
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'; script-src 'self'; style-src 'self'" in policy
        assert "unsafe" not in policy
        assert answer["X-Frame-Options"] == "DENY"
        assert text.count("<script") == text.count('<script src="/static/htmx.min.js" defer>') == 1
        assert " style=" not in text
        assert "://" not in text.replace("http://www.w3.org", "")


def test_a_form_from_elsewhere_does_nothing(db: None) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(
        Person.objects.get(username="admin"), "django.contrib.auth.backends.ModelBackend"
    )
    answer = client.post("/people", {"username": "x", "name": "x", "role": "admin"})
    assert answer.status_code == 403
    assert "放得太久" in answer.content.decode()
    assert not Person.objects.filter(username="x").exists()
