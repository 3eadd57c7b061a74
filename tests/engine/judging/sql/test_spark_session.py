"""A session with Spark, or in one line of Chinese why there is none; Spark itself is made up here.

With Spark as it is: tests/tables/test_spark.py.
"""

from __future__ import annotations

import socket
import sys
from contextlib import suppress
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from engine.judging.sql.spark.session import NoSparkError, spark_session

pytest.importorskip("pyspark", reason="没有装 pyspark：pip install 'fazhi[spark]'")
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

LOCAL = "local[2]"
SERVER = "sc://me:word@127.0.0.1:1/;token=word"
SHOWN = "到不了 Spark“sc://127.0.0.1:1/”"
JAVA_TOO_OLD = "Java 起不来：--engine spark 要 Java 17 以上，看 PATH、JAVA_HOME 指的是哪一个"


def _why_none(master: str) -> str:
    with pytest.raises(NoSparkError) as caught, spark_session(master):
        pass
    assert "word" not in str(caught.value)
    return str(caught.value)


def _raises(error: Exception) -> Any:  # noqa: ANN401 - stands for any function
    def refuse(*_: object, **_more: object) -> None:
        raise error

    return refuse


@pytest.fixture
def nothing_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """No session in this process yet, and a java, whatever other tests began."""
    monkeypatch.setattr(SparkSession, "active", _raises(PySparkException("none")))
    monkeypatch.setenv("JAVA_HOME", "/java")


def test_without_pyspark_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails if a package that isn't there were a traceback."""
    monkeypatch.setitem(sys.modules, "pyspark.logger", None)
    assert _why_none(LOCAL) == "--engine spark 要装 Spark：pip install 'fazhi[spark]'"


@pytest.mark.usefixtures("nothing_runs")
def test_without_java_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails if Spark were started where there is nothing to start it with."""
    monkeypatch.delenv("JAVA_HOME")
    monkeypatch.setenv("PATH", "/没有")
    assert "这里找不到 java：装好以后放进 PATH，或者设 JAVA_HOME" in _why_none(LOCAL)


def test_a_process_keeps_to_the_spark_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails if tables were judged by another Spark than the one asked for."""
    running = SimpleNamespace(
        sparkContext=SimpleNamespace(master="spark://me:word@host:7077"), newSession=lambda: "新的"
    )
    monkeypatch.setattr(SparkSession, "active", lambda: running)
    assert _why_none(LOCAL) == "这个程序已经连着 Spark“spark://host:7077”，不能再连“local[2]”"
    with spark_session("spark://me:word@host:7077") as session:
        assert session == "新的"  # type: ignore[comparison-overlap]


@pytest.mark.usefixtures("nothing_runs")
@pytest.mark.parametrize("error", [OSError("no such file"), PySparkException("exited")])
def test_a_java_that_does_not_start_is_told(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fails if what Spark says of it in English were all there is to read."""
    monkeypatch.setattr("pyspark.java_gateway.launch_gateway", _raises(error))
    assert _why_none(LOCAL) == JAVA_TOO_OLD


@pytest.mark.usefixtures("nothing_runs")
def test_a_master_is_knocked_at_before_java_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails if a master that isn't there is waited for, or a second that is there not asked."""
    monkeypatch.setattr("pyspark.java_gateway.launch_gateway", _raises(OSError()))
    with socket.create_server(("127.0.0.1", 0)) as there:
        port = there.getsockname()[1]
        for places in (
            f"127.0.0.1:{port}",
            f"127.0.0.1:1,127.0.0.1:{port}",
            f"a:b,[127.0.0.1]:{port}",
        ):
            assert _why_none(f"spark://{places}") == JAVA_TOO_OLD
    said = "到不了 Spark“spark://127.0.0.1:1”（没有应答）：看 --master 写得对不对、那里开着没有"
    assert _why_none("spark://me:word@127.0.0.1:1") == said
    # who else is asked is not ours to know
    assert _why_none("yarn") == JAVA_TOO_OLD


@pytest.mark.usefixtures("nothing_runs")
def test_java_is_ended_where_spark_does_not_begin(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails if a Java process were left running, or the next start found it."""
    ended: list[str] = []
    gateway = SimpleNamespace(
        shutdown=lambda: ended.append("shutdown"),
        proc=SimpleNamespace(
            stdin=SimpleNamespace(close=lambda: ended.append("close")),
            wait=lambda: ended.append("wait"),
        ),
    )

    class Context:
        _gateway: str | None = "ours"
        _jvm: str | None = "ours"

        def __init__(self, **_: object) -> None:
            raise ValueError("Could not parse Master URL")

    monkeypatch.setattr("pyspark.java_gateway.launch_gateway", lambda *_: gateway)
    monkeypatch.setattr("pyspark.SparkContext", Context)
    assert _why_none("local[x]").startswith("到不了 Spark“local[x]”（Could not parse Master URL）")
    assert ended == ["shutdown", "close", "wait"]
    assert (Context._gateway, Context._jvm) == (None, None)


class Server:
    """A session with a server of Spark Connect: it answers, or it fails with an error."""

    def __init__(self, error: Exception | None = None) -> None:
        self.client, self.error = self, error
        self.policies: list[object] = ["ten minutes"]
        self.asked: list[tuple[str, list[object]]] = []
        self.stopped = False

    def get_retry_policies(self) -> list[object]:
        return self.policies

    def set_retry_policies(self, policies: list[object]) -> None:
        self.policies = policies

    def sql(self, text: str) -> Server:
        self.asked.append((text, self.policies))
        return self

    def collect(self) -> None:
        if self.error is not None:
            raise self.error

    def stop(self) -> None:
        self.stopped = True


def _made(monkeypatch: pytest.MonkeyPatch, create: Any) -> None:  # noqa: ANN401 - any function
    """What comes of a session with a server, and how often one says that it is asked."""
    policies = ModuleType("retries")
    policies.DefaultPolicy = lambda max_retries: max_retries  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "pyspark.sql.connect.client.retries", policies)
    builder = SimpleNamespace(remote=lambda _: SimpleNamespace(create=create))
    monkeypatch.setattr("pyspark.sql.SparkSession", SimpleNamespace(builder=builder))


def test_a_server_is_asked_a_few_times_whether_it_is_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Fails if a query under way were given up as soon as a server that never answered."""
    server = Server()
    _made(monkeypatch, lambda: server)
    with suppress(KeyError), spark_session(SERVER) as session:
        assert session is server  # type: ignore[comparison-overlap]
        assert (server.asked, server.policies) == ([("SELECT 1", [4])], ["ten minutes"])
        assert not server.stopped
        raise KeyError
    assert server.stopped


@pytest.mark.parametrize(
    ("said", "why"),
    [("StatusCode.UNAVAILABLE: word", "没有应答"), ("[NO] 没有这个人", "[NO] 没有这个人")],
)
def test_a_server_that_does_not_answer_is_told_and_let_be(
    said: str, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fails if the end of a session were waited for that never began."""
    server = Server(PySparkException(said))
    _made(monkeypatch, lambda: server)
    assert _why_none(SERVER).startswith(f"{SHOWN}（{why}）")
    assert (server.policies, server.stopped) == ([], True)


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (
            ImportError("grpc"),
            "连接 Spark Connect 的服务另要几个包：pip install 'pyspark[connect]'",
        ),
        (ValueError("no port"), f"{SHOWN}（no port）：看 --master 写得对不对、那里开着没有"),
        (OSError("no route"), f"{SHOWN}（no route）：看 --master 写得对不对、那里开着没有"),
        (PySparkException("no"), f"{SHOWN}（no）：看 --master 写得对不对、那里开着没有"),
    ],
)
def test_a_server_that_can_not_be_asked_is_told(
    error: Exception, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fails if a package, an address or a way there that is wanting were a traceback."""
    _made(monkeypatch, _raises(error))
    assert _why_none(SERVER) == why
