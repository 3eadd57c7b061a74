"""The page's settings with a data folder of their own: for tests, and for the type checker."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from web.place import FOLDER, prepared

os.environ.setdefault(FOLDER, tempfile.mkdtemp(prefix="fazhi-web-"))
prepared(Path(os.environ[FOLDER]))

from web.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the slow one is slow
