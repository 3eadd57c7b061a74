"""Django's settings, from the environment that `fazhi serve` sets.

设置：安全、登录、存放、任务队列怎样定，都在这里。
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Final

import dj_database_url

from web.place import BEHIND_TLS, DATABASE, FOLDER, HOSTS, STORE, secret_of

DATA: Final = Path(os.environ[FOLDER])

DEBUG = False
SECRET_KEY = secret_of(DATA)
_NAMED: Final = filter(None, os.environ.get(HOSTS, "").split(","))
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *_NAMED]
ROOT_URLCONF = "web.urls"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "django_tasks",
    "django_tasks_db",
    "ninja",
    "web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "web.gate.inert",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "web.gate.Gatekeeper",
    "axes.middleware.AxesMiddleware",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "jinja2",
        "DIRS": [],
        "OPTIONS": {
            "environment": "web.templating.environment",
            "context_processors": ["web.templating.chrome"],
        },
    },
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True},
]

# what is kept

_STORE: Final = f"sqlite:///{(DATA / STORE).as_posix()}"
DATABASES: dict[str, Any] = {
    "default": dict(dj_database_url.parse(os.environ.get(DATABASE) or _STORE))
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",  # who writes waits for the other at once, not half-way
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
        "PRAGMA secure_delete=ON;",  # what is wiped leaves no trace in the file
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# who may

AUTH_USER_MODEL = "web.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 10}  # type: ignore[assignment]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "web.views.people.locked"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
SESSION_COOKIE_AGE = 8 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "web.views.people.forged"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
if os.environ.get(BEHIND_TLS):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 365 * 86400

# what comes in

MEBIBYTE: Final = 2**20
LARGEST_FILE: Final = 32 * MEBIBYTE
MOST_FILES: Final = 100
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * MEBIBYTE  # forms without their files
DATA_UPLOAD_MAX_NUMBER_FILES = MOST_FILES
FILE_UPLOAD_MAX_MEMORY_SIZE = 4 * MEBIBYTE
FILE_UPLOAD_PERMISSIONS = 0o600

# how it is shown

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
STATIC_URL = "static/"
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.AppDirectoriesFinder"]
WHITENOISE_USE_FINDERS = True
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"without words": {"()": "web.crash.WithoutWords"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "without words"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
