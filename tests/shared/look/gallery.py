"""A small service that shows every macro of the house style: `python -m tests.shared.look.gallery` to look around."""

from datetime import UTC, date, datetime
from typing import Any

from flask import Flask, Response, g, render_template, request
from flask.typing import ResponseReturnValue

from shared.access import Permission, allows
from shared.look.look import TRANSLATIONS, install
from shared.look.texts import Texts
from shared.web import POLICY

PAGES = ["form", "clean", "kinds", "review", "status", "queue", "case", "editor", "parts"]
TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 9, 42, tzinfo=UTC)

# another municipality: one file of basis tokens after the style sheet changes every colour of the brand
OTHER_THEME = (
    ":root{"
    + "".join(
        f"--basis-color-{role}-{part}: {colour};"
        for role in ("action-1", "accent-1")
        for part, colour in {
            "bg-subtle": "#fbf2f9",
            "bg-default": "#f5e0f1",
            "bg-hover": "#ebc2e3",
            "bg-active": "#ebc2e3",
            "border-subtle": "#d68ac8",
            "border-default": "#a83a93",
            "border-hover": "#7d1f6b",
            "border-active": "#7d1f6b",
            "color-default": "#7d1f6b",
            "color-hover": "#5e1450",
            "color-active": "#5e1450",
            "color-document": "#3b0a32",
            "inverse-bg-default": "#7d1f6b",
            "inverse-bg-hover": "#5e1450",
            "inverse-bg-active": "#5e1450",
            "inverse-color-default": "#ffffff",
        }.items()
    )
    + "}"
)

QUEUE = [
    {
        "number": f"Z-2026-0{4821 - 37 * place}",
        "type": type_,
        "who": who,
        "due": due,
        "state": state,
        "staff": staff,
        "used": used,
    }
    for place, (type_, who, due, state, staff, used) in enumerate(
        [
            (
                "Objectvergunning",
                "Noor de Vries",
                ("late", "9 werkdagen te laat", 11),
                ("info", "Beoordelen"),
                "Samir",
                100,
            ),
            ("Kapmelding", "Bakkerij ’t Zonnetje", ("late", "1 werkdag te laat", 23), ("ok", "Besluiten"), "Els", 100),
            ("Objectvergunning", "Stichting Keistadfeest", ("soon", "Vandaag", 24), ("ok", "Besluiten"), "Samir", 98),
            (
                "Evenementenmelding",
                "M. van den Berg-Janssen",
                ("soon", "Nog 2 werkdagen", 26),
                ("new", "Ontvangen"),
                "",
                93,
            ),
            ("Kapmelding", "Eem B.V.", ("paused", "Termijn staat stil", 27), ("wait", "Wacht op inwoner"), "Samir", 84),
            ("Kapmelding", "F. Yılmaz", ("ok", "Nog 6 werkdagen", 30), ("info", "Beoordelen"), "Els", 60),
            ("Inritvergunning", "R. Özdemir", ("check", "Beslist", 20), ("ok", "Afgerond"), "Els", 35),
        ]
    )
]

ERRORS = [
    ("kind", "Kies wat u wilt neerzetten"),
    ("objects.1.length", "Vul de lengte in als getal, bijvoorbeeld 2,5"),
    ("place.postcode", "Vul een postcode in, bijvoorbeeld 3811 LX"),
    ("start.month", "Vul bij de begindag ook de maand in"),
    ("drawing", "Voeg een situatietekening toe"),
    ("truth", "Zet een vinkje als u alles naar waarheid hebt ingevuld"),
]


def make_gallery() -> Flask:
    """Make the service; no page of it keeps anything."""
    app = Flask(__name__, static_folder=None)
    texts = Texts.load(TRANSLATIONS)
    install(app, texts=texts, municipality=lambda: "Gemeente Amersfoort", language_of=_language)
    app.add_url_rule("/<name>", "show", _show, methods=["GET", "POST"])
    app.add_url_rule("/letter", "letter", _letter, methods=["GET", "POST"])
    app.add_url_rule("/draft", "draft", _draft, methods=["POST"])
    app.add_url_rule("/other-theme.css", "other_theme", _other_theme)
    app.after_request(_guard)
    return app


def _language() -> str:
    return "en" if request.args.get("language") == "en" else "nl"


@allows(Permission.PUBLIC)
def _show(name: str) -> ResponseReturnValue:
    values: dict[str, Any] = {
        "today": TODAY,
        "now": NOW,
        "queue": QUEUE,
        "page_link": "/queue?page={}".format,
        "sent": sorted(request.form.items(multi=True)),
    }
    if name == "form":
        values["errors"] = ERRORS
    if name in ("form", "clean", "kinds", "review", "status"):
        values["languages"] = [("nl", "Nederlands", f"/{name}"), ("en", "English", f"/{name}?language=en")]
    return render_template(f"gallery/{name}.html", errors_of=dict(values.get("errors", [])), **values)


@allows(Permission.PUBLIC)
def _letter() -> ResponseReturnValue:
    g.ancestors = "'self'"
    if request.form.get("reason") == "breek":
        return "", 500
    return render_template("gallery/letter.html", reason=request.form.get("reason", ""))


@allows(Permission.PUBLIC)
def _draft() -> ResponseReturnValue:
    return "", 503 if request.form.get("about") == "breek" else 204


@allows(Permission.PUBLIC)
def _other_theme() -> ResponseReturnValue:
    return Response(OTHER_THEME, content_type="text/css")


def _guard(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = POLICY.format(ancestors=g.get("ancestors", "'none'"))
    return response


if __name__ == "__main__":
    make_gallery().run(port=0)
