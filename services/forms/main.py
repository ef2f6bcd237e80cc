"""Puts the web door of the forms service together; alone sees all of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from tempfile import gettempdir
from typing import Any
from urllib.parse import urlsplit

from flask import Flask

from services.forms.addresses import AddressFile
from services.forms.desk_store import open_desk_on
from services.forms.links import SiteLinks
from services.forms.mollie import provider_at
from services.forms.pace import Paces
from services.forms.ports import Checked, Means
from services.forms.ports.desk import DeskMeans
from services.forms.products import KeptProducts, ServingProducts
from services.forms.registers import Companies, Persons, Registers
from services.forms.rehearsals import RehearsalShelf
from services.forms.scanning import scanner_at
from services.forms.schemas import check_answers
from services.forms.scrubber import ProcessScrubber
from services.forms.settings import Settings
from services.forms.standing import standing_catalogue
from services.forms.store import PostgresDrafts, open_work_on
from services.forms.web.adding import open_adding
from services.forms.web.admin.doors import open_admin
from services.forms.web.admin.room import STAFF, find_me, furnish_desk
from services.forms.web.admin.stage import furnish_rehearsals
from services.forms.web.advising import open_advising
from services.forms.web.asking_again import open_answering
from services.forms.web.boxing import open_boxing
from services.forms.web.confirming import open_confirming
from services.forms.web.correcting import open_correcting
from services.forms.web.cosigning import open_cosigning
from services.forms.web.counter import Counter, furnish, language
from services.forms.web.desk import open_desk
from services.forms.web.doors import open_doors
from services.forms.web.downloads import open_downloads
from services.forms.web.file_api import open_file_api
from services.forms.web.gathering import open_gathering
from services.forms.web.incoming import FileRoom, furnish_files
from services.forms.web.linking import open_linking
from services.forms.web.marking import open_marking
from services.forms.web.noticing import open_noticing
from services.forms.web.onward import open_onward
from services.forms.web.open_data import open_open_data
from services.forms.web.openness import open_openness
from services.forms.web.panel import open_panel
from services.forms.web.paying import open_paying
from services.forms.web.reacting import open_reacting
from services.forms.web.refusals import answer_refusals
from services.forms.web.statement import furnish_statement
from services.forms.web.supporter import open_supporter_pages
from services.forms.web.supporting import open_supporting
from shared.catalogue.definitions import Catalogue, Municipality, Product
from shared.database import Pool, open_pool
from shared.keyring import Keyring
from shared.log import start_log
from shared.look.look import TRANSLATIONS, install
from shared.look.texts import Texts
from shared.oidc import PROVIDER, add_provider
from shared.settings import read
from shared.shelves import shelf_at
from shared.vault import Vault
from shared.web import add_common_doors, limit_rates, make_app, seal

HERE = Path(__file__).parent
INCOMING = "incoming"
DOORS = (
    open_doors,
    open_adding,
    open_advising,
    open_answering,
    open_boxing,
    open_correcting,
    open_linking,
    open_cosigning,
    open_confirming,
    open_desk,
    open_admin,
    open_downloads,
    open_file_api,
    open_marking,
    open_noticing,
    open_onward,
    open_open_data,
    open_openness,
    open_panel,
    open_paying,
    open_reacting,
    open_gathering,
    open_supporting,
    open_supporter_pages,
    answer_refusals,
)
SESSION = {
    "SESSION_COOKIE_NAME": "forms_session",
    "PERMANENT_SESSION_LIFETIME": timedelta(days=90),
    "SESSION_REFRESH_EACH_REQUEST": False,
}


def web_app() -> Flask:
    """Make the web door, for gunicorn."""
    start_log("forms.serve")
    settings = read(Settings)
    app = make_web(settings, catalogue=standing_catalogue(settings.catalogue, database_url=settings.database_url))
    for name in app.jinja_env.list_templates():
        app.jinja_env.get_template(name)  # compiled once, before the web processes are forked
    return app


def make_web(settings: Settings, *, catalogue: Catalogue, follow: bool = True) -> Flask:
    """Make the web door with these settings and products, which `follow` what is published meanwhile."""
    pool = open_pool(settings.database_url, size=settings.web_threads)
    products = (ServingProducts if follow else KeptProducts)(catalogue, pool=pool)
    site, house = settings.forms_url.rstrip("/"), catalogue.municipality
    handed_out_at = (settings.downloads_url or site).rstrip("/")
    vault = Vault(shelf_at(settings.files), key=settings.files_key, site=handed_out_at)
    means = _means(settings, products=products, pool=pool, vault=vault, house=house)
    https = settings.forms_url.startswith("https:")
    app = make_app("services.forms", secret_key=settings.secret_key, https=https, proxies=settings.proxies)
    sites = {"forms": settings.forms_url, "workflow": settings.workflow_url, "notify": settings.notify_url}
    app.config.update(SESSION, STAFF_SESSION_SECONDS=settings.session_hours * 3600, SITES=sites)
    app.config["DOWNLOADS_HOST"] = urlsplit(settings.downloads_url).netloc
    texts = Texts.load(TRANSLATIONS, HERE / "translations", HERE / "translations" / "admin")
    install(app, texts=texts, municipality=lambda: house.name, language_of=language)
    counter = Counter(
        means=means,
        pool=pool,
        paces=Paces(),
        municipality=house,
        address=site,
        payment_hook=(settings.payment_hook or site).rstrip("/"),
    )
    furnish(app, counter=counter)
    desk = DeskMeans(open_desk=open_desk_on(pool), serving=lambda: products.current, municipality=house)
    furnish_desk(app, means=desk)
    furnish_rehearsals(app, shelf=RehearsalShelf(settings.valkey_url, key=settings.secret_key))
    furnish_files(app, room=FileRoom(vault=vault, incoming=_incoming(settings)))
    furnish_statement(app, folder=settings.catalogue)
    for open_some in DOORS:
        open_some(app)
    _add_providers(app, settings=settings)
    limit_rates(app, valkey_url=settings.valkey_url, on=settings.rate_limits)
    checks = {"database": products.all_kept, "catalogue": lambda: bool(products.current), "files": vault.works}
    add_common_doors(app, title="Balie forms", checks=checks)
    return seal(app, service="forms", person_of=find_me)


def _add_providers(app: Flask, *, settings: Settings) -> None:
    """Residents sign in at one provider; staff at their own, or else at the same."""
    residents = (
        settings.oidc_issuer,
        settings.oidc_discovery_url,
        settings.oidc_client_id,
        settings.oidc_client_secret,
    )
    staff = (
        settings.staff_oidc_issuer,
        settings.staff_oidc_discovery_url,
        settings.staff_oidc_client_id,
        settings.staff_oidc_client_secret,
    )
    for name, provider in ((PROVIDER, residents), (STAFF, staff if settings.staff_oidc_issuer else residents)):
        issuer, discovery, client_id, client_secret = provider
        discovery = discovery or f"{issuer}/.well-known/openid-configuration"
        add_provider(app, discovery=discovery, client_id=client_id, client_secret=client_secret, name=name)


def _incoming(settings: Settings) -> Path:
    """Where a file waits until it is taken in: beside the others, or on this machine when those lie in a bucket."""
    beside = not str(settings.files).startswith("s3://")
    return Path(settings.files, INCOMING) if beside else Path(gettempdir(), "balie-incoming")


def _means(settings: Settings, *, products: KeptProducts, pool: Pool, vault: Vault, house: Municipality) -> Means:
    def check(product: Product, *, answers: Mapping[str, Any]) -> Checked:
        return check_answers(product, answers=answers, area=house.area)

    keyring = Keyring(settings.sealing_keys)
    return Means(
        products=products,
        drafts=PostgresDrafts(pool, keyring=keyring),
        open_work=open_work_on(pool, keyring=keyring),
        addresses=AddressFile(towns=lambda: house.towns),
        check=check,
        prefill=Registers(
            persons=Persons(settings.brp_url, key=settings.brp_key) if settings.brp_url else None,
            companies=Companies(settings.kvk_url, key=settings.kvk_key) if settings.kvk_url else None,
            check=check,
        ),
        links=SiteLinks(site=settings.forms_url.rstrip("/"), key=settings.secret_key),
        vault=vault,
        scanner=scanner_at(settings.clamd_url),
        scrubber=ProcessScrubber(_incoming(settings)),
        keyring=keyring,
        boxes=Keyring(settings.box_keys) if settings.box_url else None,
        provider=provider_at(settings.payment_url, key=settings.payment_key),
    )
