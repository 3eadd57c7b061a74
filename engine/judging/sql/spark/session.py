"""Where Spark is, and a session with it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from socket import create_connection
from subprocess import DEVNULL
from typing import TYPE_CHECKING, Final
from warnings import catch_warnings, simplefilter

from engine.judging.sql.spark.database import said
from engine.model.errors import FazhiError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

CONNECT: Final = "sc://"
"""How the address of a server of Spark Connect begins."""

_PATIENCE: Final = 5.0
"""Seconds for a master to answer."""

_SILENT: Final = "没有应答"

_TIMES: Final = 4
"""How often a server that doesn't answer is asked again: some five seconds. Spark does for ten
minutes, which a query under way is worth."""

_QUIET: Final[Mapping[str, str]] = {
    "spark.app.name": "fazhi",
    "spark.log.level": "OFF",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}
_ALONE: Final[Mapping[str, str]] = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    # tables that are computed once are kept: what doesn't fit is read back slowly
    "spark.driver.memory": "4g",
    "spark.serializer": "org.apache.spark.serializer.KryoSerializer",
    "spark.sql.shuffle.partitions": "4",
}
"""Of a Spark that is this machine's alone."""


class NoSparkError(FazhiError):
    """There is no session of Spark to be had (wrong use, exit code 2)."""


@contextmanager
def spark_session(master: str) -> Iterator[SparkSession]:
    """A session of its own with a master or a server of Spark Connect. Raises `NoSparkError`."""
    try:
        from pyspark.logger import PySparkLogger  # noqa: PLC0415
    except ImportError as error:
        raise NoSparkError("--engine spark 要装 Spark：pip install 'fazhi[spark]'") from error
    for name in ("SQLQueryContextLogger", "DataFrameQueryContextLogger"):
        PySparkLogger.getLogger(name).disabled = True  # what is refused is told once, by us
    opened = _connected(master) if master.startswith(CONNECT) else _mastered(master)
    with opened as session:
        yield session


@contextmanager
def _mastered(master: str) -> Iterator[SparkSession]:
    from py4j.protocol import Py4JError  # noqa: PLC0415
    from pyspark import SparkConf, SparkContext  # noqa: PLC0415
    from pyspark.errors import PySparkException  # noqa: PLC0415
    from pyspark.java_gateway import launch_gateway  # noqa: PLC0415
    from pyspark.sql import SparkSession  # noqa: PLC0415

    running = None
    with suppress(PySparkException):
        running = SparkSession.active()
    if running is not None:  # there is one Spark in a process
        found = str(running.sparkContext.master)
        if found != master:
            raise NoSparkError(f"这个程序已经连着 Spark“{shown(found)}”，不能再连“{shown(master)}”")
        yield running.newSession()
        return
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        raise NoSparkError(
            "--engine spark 要有 Java 17 以上，这里找不到 java：装好以后放进 PATH，或者设 JAVA_HOME"
        )
    settings = {**_QUIET, "spark.master": master}
    if master.startswith("local"):
        settings |= _ALONE
    _knock(master)
    conf = SparkConf().setAll(list(settings.items()))
    try:
        # what Java writes while it starts is nobody's result
        gateway = launch_gateway(conf, {"stdout": DEVNULL, "stderr": DEVNULL})  # type: ignore[no-untyped-call]
    except (PySparkException, OSError) as error:
        raise NoSparkError(
            "Java 起不来：--engine spark 要 Java 17 以上，看 PATH、JAVA_HOME 指的是哪一个"
        ) from error
    try:
        try:
            context = SparkContext(conf=conf, gateway=gateway)
        except (PySparkException, Py4JError, OSError, ValueError) as error:
            raise NoSparkError(_unreached(master, error)) from error
        session = SparkSession(context)
        try:
            yield session
        finally:
            session.stop()
    finally:
        gateway.shutdown()
        gateway.proc.stdin.close()
        gateway.proc.wait()
        SparkContext._gateway = SparkContext._jvm = None  # noqa: SLF001 - else the next start fails


def _knock(master: str) -> None:
    """Whether anybody is where a master should be: Spark itself asks for a minute."""
    scheme, _, rest = master.partition("://")
    if scheme != "spark":
        return
    for place in rest.split(","):
        host, _, port = place.rpartition(":")
        with suppress(OSError, ValueError):
            create_connection((host.strip("[]"), int(port)), _PATIENCE).close()
            return
    raise NoSparkError(_unreached(master, ConnectionError(_SILENT)))


@contextmanager
def _connected(url: str) -> Iterator[SparkSession]:
    from pyspark.errors import PySparkException  # noqa: PLC0415
    from pyspark.sql import SparkSession  # noqa: PLC0415

    with catch_warnings():
        simplefilter("ignore")  # of packages that fazhi doesn't use, and settings it does
        try:
            session = SparkSession.builder.remote(url).create()
        except ImportError as error:
            raise NoSparkError(
                "连接 Spark Connect 的服务另要几个包：pip install 'pyspark[connect]'"
            ) from error
        except (PySparkException, OSError, ValueError) as error:
            raise NoSparkError(_unreached(url, error)) from error
        try:
            _greet(session, url)
            yield session
        finally:
            session.stop()


def _greet(session: SparkSession, url: str) -> None:
    """Whether the server answers soon. Raises `NoSparkError`."""
    from pyspark.errors import PySparkException  # noqa: PLC0415
    from pyspark.sql.connect.client.retries import DefaultPolicy  # noqa: PLC0415

    patient = session.client.get_retry_policies()
    session.client.set_retry_policies([DefaultPolicy(max_retries=_TIMES)])
    try:
        session.sql("SELECT 1").collect()
    except PySparkException as error:
        session.client.set_retry_policies([])  # nor is it asked to forget us
        why = ConnectionError(_SILENT) if "UNAVAILABLE" in str(error) else error
        raise NoSparkError(_unreached(url, why)) from error
    session.client.set_retry_policies(patient)


def shown(master: str) -> str:
    """An address without what it may hold of secrets: a user, a token."""
    address, *_ = master.split(";", 1)
    scheme, slashes, rest = address.partition("://")
    return scheme + slashes + rest.rpartition("@")[2] if slashes else address


def _unreached(master: str, error: Exception) -> str:
    why = said(error)[:200]
    return f"到不了 Spark“{shown(master)}”（{why}）：看 --master 写得对不对、那里开着没有"
