"""Puts the service together: what is real, from the settings."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from flask import Flask

from services.workflow.inbox import inbox
from services.workflow.people import find_person, make_token, remember_person
from services.workflow.settings import Migration, Settings, Work
from services.workflow.web import (
    api,
    asking,
    assets,
    case,
    deciding,
    decision_api,
    drafting,
    letter,
    messages,
    profile,
    refusals,
    sign_in,
    worklist,
)
from services.workflow.web import office as offices
from services.workflow.web.office import Office, furnish, screen_language
from shared import database
from shared.access import Person
from shared.bus import run_worker
from shared.catalogue.reader import read_catalogue
from shared.clock import utc_now
from shared.letters.letters import load_templates
from shared.log import start_log
from shared.look.look import TRANSLATIONS, install
from shared.look.texts import Texts
from shared.settings import read
from shared.web import SignInNeededError, add_common_doors, limit_rates, make_app, seal

HERE = Path(__file__).parent
SPARE_CONNECTIONS = 2


def web() -> Flask:
    """Make the web door, for gunicorn: all that is compiled once, is compiled before the processes are forked."""
    start_log("workflow.serve")
    app = make_web(read(Settings))
    for name in app.jinja_env.list_templates():
        app.jinja_env.get_template(name)
    load_templates()
    return app


def make_web(settings: Settings) -> Flask:
    """Make the web door with these settings."""
    https = settings.workflow_url.startswith("https:")
    app = make_app("services.workflow", secret_key=settings.secret_key, https=https, proxies=settings.proxies)
    app.config["SESSION_COOKIE_NAME"] = "workflow_session"
    municipality = read_catalogue(settings.catalogue).municipality
    install(
        app,
        texts=Texts.load(TRANSLATIONS, HERE / "translations"),
        municipality=municipality.name,
        language_of=screen_language,
    )
    furnish(
        app,
        office=Office(
            pool=database.open_pool(settings.database_url, size=settings.web_threads + SPARE_CONNECTIONS),
            municipality=municipality,
            address=settings.workflow_url.rstrip("/"),
            session_seconds=settings.session_hours * 3600,
        ),
    )
    _open_doors(app, settings=settings)
    add_common_doors(app, title="Balie workflow", checks={"database": offices.database_answers})
    limit_rates(app, valkey_url=settings.valkey_url, on=settings.rate_limits)
    return seal(app, service="workflow", person_of=offices.find_person)


def work() -> None:
    """Handle facts until told to stop."""
    settings = read(Work)
    run_worker(inbox, database_url=settings.database_url, valkey_url=settings.valkey_url)


def migrate() -> list[str]:
    """Bring the tables up to date; name the files that ran."""
    return database.migrate(read(Migration).database_url, folder=HERE / "migrations", schema="workflow")


def token(subject: str, *, groups: list[str]) -> str:
    """Make an API token for a person by hand, and give it this once; for machines without a browser.

    The groups of who signed in before change only when new ones are given.
    """
    stranger = Person(subject=subject, name=subject.capitalize(), email="", groups=frozenset())
    now = utc_now()
    with database.connect(read(Migration).database_url) as connection:
        person = find_person(connection, subject=subject) or stranger
        if groups:
            person = replace(person, groups=frozenset(groups))
        remember_person(connection, person=person, now=now)
        return make_token(connection, person=person, label="made by hand", now=now)


def _open_doors(app: Flask, *, settings: Settings) -> None:
    sign_in.add_provider(
        app,
        discovery=settings.oidc_discovery_url or f"{settings.oidc_issuer}/.well-known/openid-configuration",
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret,
    )
    for rooms in (worklist, case, asking, drafting, deciding, letter, messages, profile, sign_in, assets):
        app.register_blueprint(rooms.pages)
    app.register_blueprint(api.api)
    app.register_blueprint(decision_api.api)
    app.register_error_handler(SignInNeededError, sign_in.ask_to_sign_in)
    for error in refusals.REFUSALS:
        app.register_error_handler(error, refusals.refuse)
