"""Where Spark is, and a session with it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from subprocess import DEVNULL
from typing import TYPE_CHECKING, Final

from engine.model.errors import FazhiError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

CONNECT: Final = "sc://"
"""How the address of a server of Spark Connect begins."""

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
    conf = SparkConf().setAll(list(settings.items()))
    try:
        # what Java writes while it starts is nobody's result
        gateway = launch_gateway(conf, {"stdout": DEVNULL, "stderr": DEVNULL})  # type: ignore[no-untyped-call]
        context = SparkContext(conf=conf, gateway=gateway)
    except (PySparkException, Py4JError, OSError, ValueError) as error:
        raise NoSparkError(_unreached(master, error)) from error
    session = SparkSession(context)
    try:
        yield session
    finally:
        session.stop()
        gateway.shutdown()
        gateway.proc.stdin.close()
        gateway.proc.wait()
        SparkContext._gateway = SparkContext._jvm = None  # noqa: SLF001 - else the next start fails


@contextmanager
def _connected(url: str) -> Iterator[SparkSession]:
    from pyspark.errors import PySparkException  # noqa: PLC0415
    from pyspark.sql import SparkSession  # noqa: PLC0415

    try:
        session = SparkSession.builder.remote(url).create()
        session.sql("SELECT 1").collect()
    except ImportError as error:
        raise NoSparkError(
            "连接 Spark Connect 的服务另要几个包：pip install 'pyspark[connect]'"
        ) from error
    except (PySparkException, OSError, ValueError) as error:
        raise NoSparkError(_unreached(shown(url), error)) from error
    try:
        yield session
    finally:
        session.stop()


def shown(master: str) -> str:
    """An address without what it may hold of secrets: a user, a token."""
    address, *_ = master.split(";", 1)
    scheme, slashes, rest = address.partition("://")
    return scheme + slashes + rest.rpartition("@")[2] if slashes else address


def _unreached(master: str, error: Exception) -> str:
    said = str(error).split("\n", 1)[0][:200]
    return (
        f"到不了 Spark“{master}”（{said}）：看 --master 写得对不对、那里开着没有，Java 要 17 以上"
    )
