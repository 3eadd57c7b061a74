"""The store itself refuses to change or take out a line of the log."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_SQLITE = [
    f"CREATE TRIGGER web_log_{name} BEFORE {name} ON web_logentry "
    "BEGIN SELECT RAISE(ABORT, 'the log only grows'); END"
    for name in ("UPDATE", "DELETE")
]
_POSTGRESQL = [
    "CREATE FUNCTION web_log_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the log only grows'; END $$",
    "CREATE TRIGGER web_log_only_grows BEFORE UPDATE OR DELETE ON web_logentry "
    "FOR EACH ROW EXECUTE FUNCTION web_log_only_grows()",
]


def refuse(_: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Put the triggers on the table of the log."""
    found = _POSTGRESQL if editor.connection.vendor == "postgresql" else _SQLITE
    for statement in found:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("web", "0001_initial")]
    operations = [migrations.RunPython(refuse)]
