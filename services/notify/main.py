"""Puts the web door of notify together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from flask import Flask, current_app, request, session
from psycopg.conninfo import make_conninfo

from services.notify.boxing import box_of
from services.notify.coding import CodePost
from services.notify.domain.tellings import Table
from services.notify.editing import Workshop
from services.notify.failover import one_answers
from services.notify.links import links_of
from services.notify.ports import Mail, Sender, Writer
from services.notify.providers import mail_servers, open_return_address, texters
from services.notify.proving import ProofPress
from services.notify.sealing import check_with
from services.notify.settings import Settings, WebSettings
from services.notify.standing_queries import unheard
from services.notify.table import standing_table
from services.notify.vault import LetterVault
from services.notify.web.announcing import open_announcing
from services.notify.web.checking import open_checking
from services.notify.web.desk.doors import open_desk
from services.notify.web.desk.previewing import open_previewing
from services.notify.web.desk.room import Outside, Room, find_me
from services.notify.web.desk.starting import open_starting
from services.notify.web.desk.stopping import open_stopping
from services.notify.web.desk.texts import open_texts
from services.notify.web.desk.words import CODES
from services.notify.web.drawer import Drawer
from services.notify.web.handing import open_handing
from services.notify.web.leaving import open_leaving
from services.notify.web.pages import open_pages
from services.notify.web.phones import open_phones
from services.notify.web.returns import open_returns
from services.notify.web.v2.docs import open_docs
from services.notify.web.v2.doors import open_v2
from services.notify.web.v2.pace import Pace
from services.notify.wording_store import KeptWordings
from services.notify.wordings import standing_wordings
from services.notify.writer import MailWriter
from shared.catalogue.definitions import Municipality
from shared.catalogue.municipality import standing_municipality
from shared.clock import utc_now
from shared.database import Connection, Pool, open_pool
from shared.keyring import Keyring
from shared.log import start_log
from shared.look.look import TRANSLATIONS, install
from shared.look.texts import Texts
from shared.oidc import add_provider
from shared.problems import asked_language
from shared.settings import read
from shared.shelves import shelf_at
from shared.vault import Vault
from shared.web import SAFE_METHODS, Check, add_common_doors, limit_rates, make_app, seal

HERE = Path(__file__).parent
TITLE = "Balie notify"
LONGEST_STATEMENT_MS = 25_000
"""After this a client hears that it took too long: its own patience ends after 30 seconds."""


def web_app() -> Flask:
    """Make the web door, for gunicorn."""
    settings = read(WebSettings)
    start_log("notify.serve")
    municipality = standing_municipality(settings.catalogue, database_url=settings.database_url)
    return make_web(settings, municipality=municipality)


def make_web(settings: WebSettings, *, municipality: Municipality) -> Flask:
    """Make the web door with these settings."""
    pool = open_pool(_in_time(settings.database_url), size=settings.web_threads)
    vault = Vault(shelf_at(settings.vault), key=settings.vault_key)
    servers = mail_servers(settings)
    https = settings.notify_url.startswith("https:")
    app = make_app("services.notify", secret_key=settings.secret_key, https=https, proxies=settings.proxies)
    app.config["SITES"] = {
        "notify": settings.notify_url,
        "workflow": settings.workflow_url,
        "forms": settings.forms_url,
    }
    app.extensions["balie_pool"] = pool
    texts = Texts.load(TRANSLATIONS, HERE / "translations")
    install(app, texts=texts, municipality=lambda: municipality.name, language_of=_language)
    app.jinja_env.globals["forms_url"] = settings.forms_url
    app.context_processor(_languages)
    letters = LetterVault(vault)
    workshop = Workshop(
        folder=standing_wordings(settings.catalogue),
        table=standing_table(settings.catalogue),
        municipality=municipality,
    )
    _open_ways_of_messages(app, settings=settings, pool=pool, table=workshop.table)
    _open_letters(app, settings=settings, pool=pool, vault=letters, servers=servers, workshop=workshop)
    app.register_blueprint(open_handing(pool, vault=letters))
    app.register_blueprint(open_checking(pool, good_seal=check_with(settings.seal_roots)))
    pace = _open_api(app, settings=settings, pool=pool, vault=letters)
    limit_rates(app, valkey_url=settings.valkey_url, on=settings.rate_limits)
    room = _room(settings, workshop=workshop, pool=pool, vault=letters, vault_works=vault.works, servers=servers)
    _open_staff(app, settings=settings, room=room, pace=pace)
    _open_editor(app, settings=settings, room=room, workshop=workshop)
    checks = {"database": lambda: _answers(pool), "vault": vault.works, "smtp": lambda: one_answers(servers)}
    add_common_doors(app, title=TITLE, checks=checks, watched={"messages": lambda: _watch_messages(pool)})
    return seal(app, service="notify", person_of=find_me)


def _open_ways_of_messages(app: Flask, *, settings: Settings, pool: Pool, table: Table) -> None:
    app.register_blueprint(open_announcing(table, boxes=bool(settings.box_url)))
    app.register_blueprint(open_leaving(pool, links=links_of(settings)))
    if settings.return_key:
        address = open_return_address(settings)
        app.register_blueprint(open_returns(pool, key=settings.return_key, address=address, table=table))
    if settings.sms_return_key:
        app.register_blueprint(open_phones(pool, key=settings.sms_return_key))


def _open_api(app: Flask, *, settings: Settings, pool: Pool, vault: LetterVault) -> Pace | None:
    """Give what counts how fast clients go, if anything does."""
    ring, base = Keyring(settings.secret_key), settings.notify_url
    doors = open_v2(pool=pool, vault=vault, ring=ring, base=base, mail_from=settings.mail_from)
    pace = None
    if settings.rate_limits:
        pace = Pace(settings.valkey_url, per_minute=settings.api_per_minute, per_day=settings.api_per_day)
        for each in doors:
            pace.watch(each)
    for each in (*doors, open_docs(base=base)):
        app.register_blueprint(each)
    return pace


def _open_letters(
    app: Flask,
    *,
    settings: Settings,
    pool: Pool,
    vault: LetterVault,
    servers: Sequence[Sender[Mail]],
    workshop: Workshop,
) -> None:
    codes = CodePost(texts=texters(settings), mails=servers, municipality=workshop.municipality)
    drawer = Drawer(pool, vault=vault, links=links_of(settings), codes=codes, coded=workshop.table.coded)
    app.register_blueprint(open_pages(drawer, key=settings.secret_key))


def _room(
    settings: WebSettings,
    *,
    workshop: Workshop,
    pool: Pool,
    vault: LetterVault,
    vault_works: Check,
    servers: Sequence[Sender[Mail]],
) -> Room:
    def writer_over(connection: Connection) -> Writer:
        return MailWriter(workshop.municipality, wordings=KeptWordings(connection, folder=workshop.folder))

    links = links_of(settings)
    return Room(
        pool=pool,
        writer_over=writer_over,
        links=links,
        vault=vault,
        proofs=ProofPress(workshop.municipality, check_page=links.check_page, names=CODES),
        vault_works=vault_works,
        systems=_systems(settings, servers=servers),
        table=workshop.table,
        site=settings.notify_url.rstrip("/"),
        workflow_url=settings.workflow_url.rstrip("/"),
        session_seconds=settings.session_hours * 3600,
    )


def _systems(settings: Settings, *, servers: Sequence[Sender[Mail]]) -> list[Outside]:
    mails = [Outside(kind="email", name=each.name, answers=each.answers) for each in servers]
    texts = [Outside(kind="sms", name=each.name, answers=each.answers) for each in texters(settings) if each.name]
    box = box_of(settings)
    return [*mails, *texts, *([Outside(kind="box", name=box.name, answers=box.answers)] if box.name else [])]


def _open_staff(app: Flask, *, settings: WebSettings, room: Room, pace: Pace | None) -> None:
    add_provider(
        app,
        discovery=settings.oidc_discovery_url or f"{settings.oidc_issuer}/.well-known/openid-configuration",
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret,
    )
    open_desk(app, room=room)
    app.register_blueprint(open_stopping(room))
    app.register_blueprint(open_starting(room, spend=pace.spend if pace else None))


def _open_editor(app: Flask, *, settings: WebSettings, room: Room, workshop: Workshop) -> None:
    check_page = links_of(settings).check_page
    app.register_blueprint(open_texts(room, workshop=workshop))
    app.register_blueprint(open_previewing(room, workshop=workshop, check_page=check_page))


def _in_time(url: str) -> str:
    return make_conninfo(url, options=f"-c statement_timeout={LONGEST_STATEMENT_MS}")


def _watch_messages(pool: Pool) -> Mapping[str, Any]:
    """Say how many messages wait so long that their 48 hours run out, and since when."""
    with pool.reading() as connection:
        found = unheard(connection, now=utc_now())
    oldest = found.oldest.isoformat() if found.oldest else None
    return {"well": not found.messages, "waiting": found.messages, "oldest": oldest}


def _answers(pool: Pool) -> bool:
    with pool.reading() as connection:
        return connection.execute("select true as well").fetchone() is not None


def _language() -> str:
    asked = request.args.get("taal")
    chosen = asked if asked in {"nl", "en"} else session.get("language")
    return chosen or ("nl" if session else asked_language())  # staff read Dutch unless they chose, as in other rooms


def _languages() -> dict[str, object]:
    rest, path = [each for each in request.args.items(multi=True) if each[0] != "taal"], _page_here()
    leads = {code: f"{path}?{urlencode([('taal', code), *rest])}" for code in ("nl", "en")}
    return {"languages": [("nl", "Nederlands", leads["nl"]), ("en", "English", leads["en"])]}


def _page_here() -> str:
    """The path of this page, or of the nearest one above it when this address only takes what is sent.

    It begins with one slash: with two it would lead to another site.
    """
    path, doors = request.path, current_app.create_url_adapter(request)
    while doors and request.method not in SAFE_METHODS and path and not doors.test(path, method="GET"):
        path = path.rpartition("/")[0]
    return "/" + quote(path.lstrip("/"))
