"""Puts the web door together: what is real, from the settings."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from flask import Flask

from services.workflow.domain.wording import decision_words
from services.workflow.settings import Settings
from services.workflow.web import (
    advice,
    advised,
    api,
    appealing,
    archive,
    asking,
    assets,
    away,
    calculator,
    case,
    deciding,
    decision_api,
    draft_now,
    drafting,
    effects,
    figures_api,
    files,
    following,
    foretelling,
    goals,
    handing,
    indicators,
    keeping_page,
    letter,
    looks,
    messages,
    naming,
    notes,
    noticing,
    onward,
    ordering,
    outside,
    permit_life,
    profile,
    pruning,
    refusals,
    rights,
    routing,
    sign_in,
    supporters,
    taking,
    tasks,
    terming,
    throughput,
    timeline,
    together,
    transfer,
    trialing,
    viewed,
    viewing,
    voices,
    withdrawing,
    worklist,
)
from services.workflow.web import office as offices
from services.workflow.web.guard import keep_to_own_cases
from services.workflow.web.office import Office, furnish, screen_language
from services.workflow.web.todo import todo_for
from services.workflow.web.watching import watch_timers
from shared import database
from shared.catalogue.definitions import Municipality
from shared.catalogue.municipality import standing_municipality
from shared.keyring import Keyring
from shared.letters.letters import load_templates
from shared.log import start_log
from shared.look.look import TRANSLATIONS, install
from shared.look.texts import Texts
from shared.oidc import SignInFailedError, add_provider
from shared.sealed import open_submission
from shared.settings import read
from shared.shelves import shelf_at
from shared.vault import Vault
from shared.web import SignInNeededError, add_common_doors, limit_rates, make_app, seal

HERE = Path(__file__).parent
SPARE_CONNECTIONS = 2
ROOMS = (
    worklist,
    naming,
    together,
    ordering,
    taking,
    case,
    handing,
    following,
    tasks,
    advice,
    outside,
    noticing,
    onward,
    viewing,
    timeline,
    notes,
    files,
    looks,
    supporters,
    calculator,
    asking,
    terming,
    drafting,
    draft_now,
    deciding,
    letter,
    messages,
    profile,
    away,
    rights,
    archive,
    keeping_page,
    transfer,
    trialing,
    effects,
    pruning,
    indicators,
    throughput,
    voices,
    foretelling,
    goals,
    withdrawing,
    appealing,
    routing,
    sign_in,
    assets,
)
"""Where pages are: each has its `pages`."""


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
    sites = {"workflow": settings.workflow_url, "forms": settings.forms_url, "notify": settings.notify_url}
    app.config.update(SESSION_COOKIE_NAME="workflow_session", SITES=sites)
    municipality = standing_municipality(settings.catalogue, database_url=settings.database_url)
    install(
        app,
        texts=Texts.load(TRANSLATIONS, HERE / "translations"),
        municipality=lambda: municipality.name,
        language_of=screen_language,
    )
    app.jinja_env.globals.update(
        decision_words=decision_words,
        todo_for=todo_for,
        advice_for=advised.advice_for,
        late_advisers=advised.late_advisers,
        **appealing.FOR_PAGES,
        **supporters.FOR_PAGES,
        **viewed.FOR_PAGES,
        **onward.FOR_PAGES,
        **permit_life.FOR_PAGES,
    )
    furnish(app, office=_office(settings, municipality=municipality))
    _open_doors(app, settings=settings)
    checks, watched = {"database": offices.database_answers}, {"timers": watch_timers}
    add_common_doors(app, title="Balie workflow", checks=checks, watched=watched)
    limit_rates(app, valkey_url=settings.valkey_url, on=settings.rate_limits)
    seal(app, service="workflow", person_of=offices.find_person)
    app.before_request(keep_to_own_cases)
    return app


def _office(settings: Settings, *, municipality: Municipality) -> Office:
    keyring, address = Keyring(settings.sealing_keys), settings.workflow_url.rstrip("/")
    return Office(
        pool=database.open_pool(settings.database_url, size=settings.web_threads + SPARE_CONNECTIONS),
        municipality=municipality,
        address=address,
        session_seconds=settings.session_hours * 3600,
        vault=Vault(shelf_at(settings.files), key=settings.files_key, site=address),
        whole=partial(open_submission, keyring=keyring),
        unseal=keyring.open,
        cents_a_day=settings.cents_a_day,
        transfer_years=settings.transfer_years,
    )


def _open_doors(app: Flask, *, settings: Settings) -> None:
    add_provider(
        app,
        discovery=settings.oidc_discovery_url or f"{settings.oidc_issuer}/.well-known/openid-configuration",
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret,
    )
    for rooms in ROOMS:
        app.register_blueprint(rooms.pages)
    for machines in (api, decision_api, figures_api):
        app.register_blueprint(machines.api)
    app.register_error_handler(SignInNeededError, sign_in.ask_to_sign_in)
    app.register_error_handler(SignInFailedError, sign_in.tell_failure)
    for error in refusals.REFUSALS:
        app.register_error_handler(error, refusals.refuse)
