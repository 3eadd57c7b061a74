"""Every address of the page. Who may use it stands in `web/may.py`.

地址：哪个地址是哪一页。
"""

from __future__ import annotations

from django.urls import path

from web.api import api
from web.views import decisions, findings, folder, history, home, people, reading

urlpatterns = [
    path("", home.home, name="home"),
    path("login", people.Login.as_view(), name="login"),
    path("style.css", people.style, name="style"),
    path("logout", people.leave, name="logout"),
    path("password", people.password, name="password"),
    path("upload", folder.upload, name="upload"),
    path("upload/<int:pk>/remove", folder.remove, name="remove"),
    path("upload/<int:pk>/original", folder.original, name="original"),
    path("upload/confirm", folder.confirm, name="confirm"),
    path("example", folder.example, name="example"),
    path("check", folder.check, name="check"),
    path("check/<int:pk>/progress", folder.progress, name="progress"),
    path("decisions", decisions.decisions, name="decisions"),
    path("decision/<path:key>/annex.docx", decisions.annex, name="annex"),
    path("decision/<path:key>/answer", decisions.answer, name="answer"),
    path("decision/<path:key>", decisions.decision, name="decision"),
    path("document/<str:form>", decisions.document, name="document"),
    path("blanks", decisions.blanks_page, name="blanks"),
    path("blanks.xlsx", decisions.blanks_file, name="blanks-file"),
    path("records/<str:kind>", reading.records, name="records"),
    path("checklist/<str:record_type>/<path:key>", reading.checklist, name="checklist"),
    path("report", reading.report, name="report"),
    path("chief", reading.chief, name="chief"),
    path("rules", reading.rules, name="rules"),
    path("rules/<str:requirement>", reading.rule, name="rule"),
    path("findings", findings.findings, name="findings"),
    path("finding/<str:fingerprint>", findings.finding, name="finding"),
    path("finding/<str:fingerprint>/row", findings.unmask, name="unmask"),
    path("finding/<str:fingerprint>/assign", findings.assign, name="assign"),
    path("finding/<str:fingerprint>/hand-in", findings.hand_in, name="hand-in"),
    path("finding/<str:fingerprint>/evidence", findings.evidence, name="evidence"),
    path("finding/<str:fingerprint>/close", findings.close, name="close"),
    path("finding/<str:fingerprint>/waive", findings.waive, name="waive"),
    path("waivers", findings.waivers, name="waivers"),
    path("waivers/<int:pk>/revoke", findings.revoke, name="revoke"),
    path("history", history.history, name="history"),
    path("history/<int:pk>", history.run, name="run"),
    path("history/<int:pk>/replay", history.replay, name="replay"),
    path("history/compare", history.compare, name="compare"),
    path("log", people.entries, name="log"),
    path("log.csv", people.entries_file, name="log-file"),
    path("people", people.people, name="people"),
    path("tokens", people.tokens, name="tokens"),
    path("tokens/<int:pk>/revoke", people.revoke_token, name="revoke-token"),
    path("api/v1/", api.urls),
    path("people/<int:pk>", people.person, name="person"),
]
handler403 = "web.views.people.not_allowed"
handler404 = "web.views.people.not_found"
