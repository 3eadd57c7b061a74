"""The page as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The one application."""

    name = "web"
    verbose_name = "法治体检"
