"""People: who they are, how they log in, what they did."""

from __future__ import annotations

import csv
import hashlib
import io
import secrets
from typing import Any, ClassVar, Final

from django import forms
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.contrib.auth.views import LoginView, logout_then_login
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from engine.model.shipped import shipped_text
from reporter.documents.templating import TEMPLATES
from reporter.visible import visible
from web.downloads import download
from web.log import log, log_of, person_of
from web.models import LogEntry, Person, Token

_PER_PAGE = 200
_STARTS: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "'")
"""What a spreadsheet begins a formula with, and the mark that says it is none."""
_CSV_HEAD = ("时间", "谁", "角色", "做了什么", "对什么")


class Login(LoginView):
    """The one page that is there for everybody."""

    template_name = "login.html.j2"
    template_engine = "jinja2"
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Let them in."""
        response = super().form_valid(form)
        log(self.request, "登录", "")
        return response


def locked(request: HttpRequest, credentials: dict[str, Any], *_: object) -> HttpResponse:
    """Too many wrong passwords for one name from one machine."""
    log_of(str(credentials.get("username", "")), "", "登录被锁", "密码连续输错")
    said = "密码连续输错5次，这个账号在这台机器上锁定15分钟。"
    return render(request, "refused.html.j2", {"said": said}, status=429, using="jinja2")


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """A form that isn't from a page of ours, or from one that is too old."""
    said = "这一页放得太久了，或者不是从本系统打开的；请退回去刷新再试。"
    return render(request, "refused.html.j2", {"said": said}, status=403, using="jinja2")


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """For another role."""
    said = "这一页不在您的权限之内；需要的话，请找管理员。"
    return render(request, "refused.html.j2", {"said": said}, status=403, using="jinja2")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Nothing is there."""
    said = "没有这一页，或者不是您单位的。"
    return render(request, "refused.html.j2", {"said": said}, status=404, using="jinja2")


@require_GET
def style(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The style of the reporter's pages: what is shown there looks the same here."""
    text = shipped_text(TEMPLATES / "assessment.css")
    return HttpResponse(text, content_type="text/css; charset=utf-8")


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Log out."""
    log(request, "退出", "")
    return logout_then_login(request)


@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password."""
    person = person_of(request)
    form = PasswordChangeForm(person, request.POST or None)
    if request.method == "POST" and form.is_valid():
        person.must_change = False
        form.save()
        update_session_auth_hash(request, person)
        log(request, "改密码", str(person))
        messages.success(request, "密码改好了。")
        return redirect("home")
    return render(request, "password.html.j2", {"form": form}, using="jinja2")


def _with_unit(form: forms.BaseForm, cleaned: dict[str, Any] | None) -> dict[str, Any]:
    """What was filled in; a clerk without a unit is told to have one."""
    found = cleaned or {}
    if found.get("role") == "clerk" and not found.get("unit"):
        form.add_error("unit", "经办要写单位")
    return found


class NewPerson(forms.ModelForm[Person]):
    """Somebody who shall be able to log in."""

    class Meta:
        """The fields that the administrator fills in."""

        model = Person
        fields: ClassVar = ["username", "name", "role", "unit"]
        labels: ClassVar = {"username": "账号"}
        help_texts: ClassVar = {
            "username": "登录用，字母、数字",
            "unit": "经办只看得到这个单位的，写台账里的全称",
        }

    def clean(self) -> dict[str, Any]:
        """A clerk needs a unit: without one nothing is theirs."""
        return _with_unit(self, super().clean())


@require_http_methods(["GET", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """Everybody, and a form for one more."""
    form = NewPerson(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = form.save(commit=False)
        once = secrets.token_urlsafe(12)
        person.set_password(once)
        person.save()
        log(request, "加人员", f"{person}（{person.get_role_display()}{person.unit}）")
        said = f"{person}的一次性密码：{once}　只显示这一次，登录后要先改。"
        messages.success(request, said)
        return redirect("people")
    everybody = Person.objects.order_by("-is_active", "username")
    context = {"form": form, "everybody": everybody}
    return render(request, "people.html.j2", context, using="jinja2")


@require_POST
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop or let in somebody again, or make them a new one-time password."""
    found = get_object_or_404(Person, pk=pk)
    action = request.POST.get("action")
    if found == person_of(request):
        messages.error(request, "自己的账号请另一位管理员来改。")
    elif action == "stop":
        found.is_active = not found.is_active
        found.save(update_fields=["is_active"])
        log(request, "启用账号" if found.is_active else "停用账号", str(found))
    elif action == "password":
        once = secrets.token_urlsafe(12)
        found.set_password(once)
        found.must_change = True
        found.save()
        log(request, "重设密码", str(found))
        messages.success(request, f"{found}的一次性密码：{once}　只显示这一次。")
    return redirect("people")


class NewToken(forms.ModelForm[Token]):
    """Another system of the office that shall be let in."""

    class Meta:
        """What the administrator fills in."""

        model = Token
        fields: ClassVar = ["name", "role", "unit"]
        help_texts: ClassVar = {"name": "如 OA", "unit": "角色是经办的要写"}

    def clean(self) -> dict[str, Any]:
        """As for a person."""
        return _with_unit(self, super().clean())


@require_http_methods(["GET", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """The systems that may ask, and a form for one more."""
    form = NewToken(request.POST or None)
    if request.method == "POST" and form.is_valid():
        token = form.save(commit=False)
        secret = secrets.token_urlsafe(32)
        token.digest = hashlib.sha256(secret.encode()).hexdigest()
        token.by = person_of(request)
        token.save()
        log(request, "发令牌", f"{token}（{token.get_role_display()}{token.unit}）")
        messages.success(request, f"{token}的令牌：{secret}　只显示这一次。")
        return redirect("tokens")
    found = Token.objects.select_related("by").order_by("-pk")
    return render(request, "tokens.html.j2", {"form": form, "found": found}, using="jinja2")


@require_POST
def revoke_token(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a system in no more."""
    token = get_object_or_404(Token, pk=pk, until=None)
    token.until = timezone.now()
    token.save()
    log(request, "收回令牌", str(token))
    return redirect("tokens")


@require_GET
def entries(request: HttpRequest) -> HttpResponse:
    """The log, the latest first."""
    pages = Paginator(LogEntry.objects.order_by("-pk"), _PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    return render(request, "log.html.j2", {"page": page}, using="jinja2")


@require_GET
def entries_file(request: HttpRequest) -> HttpResponse:
    """The whole log as a file."""
    log(request, "导出日志", "")
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_CSV_HEAD)
    for entry in LogEntry.objects.order_by("pk").iterator():
        row = (entry.at.isoformat(), entry.who, entry.role, entry.what, entry.about)
        writer.writerow(harmless(str(cell)) for cell in row)
    return download("日志.csv", text.getvalue().encode("utf-8-sig"))


def harmless(cell: str) -> str:
    """A cell that a spreadsheet takes for no formula; without its first mark it is what it was."""
    shown = visible(cell)
    return f"'{shown}" if shown.startswith(_STARTS) else shown
