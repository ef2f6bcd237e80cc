"""Make clients of the API, their keys and their templates, by command.

python -m services.notify client add NAME [--sms-sender S] [--reply-to ADDRESS] [--guest ADDRESS ...]
python -m services.notify client key NAME KEYNAME live|team|test      prints the key, this once
python -m services.notify client revoke NAME KEYNAME
python -m services.notify client sender NAME sms|email ADDRESS        prints the id to choose this name or address by
python -m services.notify client callback NAME URL [--of delivery|text|returned] [--bearer TOKEN]
                                                       prints the secret that signs, this once
python -m services.notify client callback NAME --none [--of ...]      calls this client back no more
python -m services.notify client number NAME NUMBER                   what is texted to this number is for this client
python -m services.notify client templates NAME FOLDER                reads every .yaml in the folder
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from secrets import token_bytes
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import yaml
from marshmallow import RAISE, Schema, ValidationError, fields, validate

from services.notify.client_store import CallbackStore, ClientStore, Sealed
from services.notify.domain.clients import (
    LONGEST_SENDER,
    ApiKey,
    Client,
    Hears,
    callback_about,
    is_sender,
    is_word,
    key_text,
    number_of,
    seal_about,
    secret_text,
)
from services.notify.domain.notifications import POSTAGE, Channel, KeyType, Template
from services.notify.ports import UnknownTemplateError
from services.notify.settings import ClientSettings
from shared.clock import utc_now
from shared.database import connect
from shared.ids import new_id
from shared.keyring import Keyring
from shared.settings import read

TemplateText = dict[str, Any]
SECRET_BYTES: Final = 32
_BY: Final = "balie@localhost"


class TemplateFile(Schema):
    """A template as a file: an id that lasts, what it is called, and its text with holes."""

    class Meta:
        """Refuse what is not known."""

        unknown = RAISE

    id = fields.UUID(required=True)
    channel = fields.Enum(Channel, by_value=True, required=True)
    name = fields.String(required=True, validate=validate.Length(1, 200))
    subject = fields.String(load_default=None)
    body = fields.String(required=True, validate=validate.Length(1, 20_000))
    postage = fields.String(load_default=None, validate=validate.OneOf(tuple(POSTAGE)))


def manage_clients(arguments: Sequence[str]) -> None:
    """Do what the words of the command line ask, or say what is wrong with them and end with 1 or 2."""
    asked = _parser().parse_args(arguments)
    settings = read(ClientSettings)
    with connect(settings.database_url) as connection, connection.transaction():
        store = ClientStore(connection)
        if asked.do == "add":
            _add(store, asked=asked)
            return
        client = store.find_named(asked.name)
        if client is None:
            sys.exit(f"There is no client {asked.name}. Make it with: client add {asked.name}")
        if asked.do == "key":
            _add_key(store, client=client, asked=asked, ring=Keyring(settings.secret_key))
        elif asked.do == "sender":
            _add_sender(store, client=client, asked=asked)
        elif asked.do == "number":
            _give_number(store, client=client, typed=asked.number)
        elif asked.do == "callback":
            _set_callback(CallbackStore(connection), client=client, asked=asked, ring=Keyring(settings.secret_key))
        elif asked.do == "revoke":
            _revoke(store, client=client, asked=asked)
        else:
            _load(store, client=client, folder=Path(asked.folder), now=utc_now())


def load_template(store: ClientStore, *, client_id: UUID, file: TemplateText, now: datetime) -> int | None:
    """Keep a template as its next version; give its number, or None when nothing changed."""
    try:
        last = store.template(file["id"], client_id=client_id)
    except UnknownTemplateError:
        last = None
    if last and all(file[name] == getattr(last, name) for name in ("name", "subject", "body", "postage")):
        return None
    version = last.version + 1 if last else 1
    store.add_version(
        Template(
            **file,
            version=version,
            created_by=_BY,
            created_at=last.created_at if last else now,
            updated_at=now if last else None,
        ),
        client_id=client_id,
    )
    return version


def add_key(store: ClientStore, *, client: Client, name: str, key_type: KeyType, ring: Keyring) -> str:
    """Make a key; its text is given this once and kept nowhere, its secret only sealed."""
    secret, key_id = uuid4(), new_id()
    sealed = ring.seal(str(secret), about=seal_about(key_id))
    store.add_key(ApiKey(id=key_id, type=key_type, sealed=sealed), client_id=client.id, name=name)
    return key_text(name, client_id=client.id, secret=secret)


def can_be_called(url: str) -> bool:
    """Tell whether this is the whole address of a page, and nothing that no caller can read."""
    try:
        parts = urlsplit(url)
        return is_word(url) and parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is none, or half of an IPv6 address
        return False


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m services.notify client")
    ways = parser.add_subparsers(dest="do", required=True)
    add = ways.add_parser("add", help="make a client, or change its settings")
    add.add_argument("name")
    add.add_argument("--sms-sender", default="Gemeente")
    add.add_argument("--reply-to")
    add.add_argument("--guest", action="append", default=[], help="whom a team key may send to")
    key = ways.add_parser("key", help="make a key and print it, this once")
    key.add_argument("name")
    key.add_argument("key_name")
    key.add_argument("type", choices=[each.value for each in KeyType])
    revoke = ways.add_parser("revoke", help="let a key work no more")
    revoke.add_argument("name")
    revoke.add_argument("key_name")
    sender = ways.add_parser("sender", help="a name or an address for answers that a client may choose to send by")
    sender.add_argument("name")
    sender.add_argument("channel", choices=[Channel.SMS.value, Channel.EMAIL.value])
    sender.add_argument("address")
    callback = ways.add_parser("callback", help="where a client hears what became of what it sent")
    callback.add_argument("name")
    callback.add_argument("url", nargs="?")
    callback.add_argument("--bearer", help="a token that the client asks of us")
    callback.add_argument("--of", choices=[each.value for each in Hears], default=Hears.DELIVERY.value)
    callback.add_argument("--none", action="store_true", help="call this client back no more")
    number = ways.add_parser("number", help="a number of ours that people text to")
    number.add_argument("name")
    number.add_argument("number")
    templates = ways.add_parser("templates", help="keep the templates of a folder, each change as a new version")
    templates.add_argument("name")
    templates.add_argument("folder")
    return parser


def _add(store: ClientStore, *, asked: argparse.Namespace) -> None:
    _check_sender(asked.sms_sender, channel=Channel.SMS)
    known = store.find_named(asked.name)
    client = Client(
        id=known.id if known else uuid4(),
        name=asked.name,
        sms_sender=asked.sms_sender,
        reply_to=asked.reply_to,
        guests=frozenset(asked.guest),
    )
    store.add(client)
    _say(client.id)


def _add_key(store: ClientStore, *, client: Client, asked: argparse.Namespace, ring: Keyring) -> None:
    _say(add_key(store, client=client, name=asked.key_name, key_type=KeyType(asked.type), ring=ring))


def _add_sender(store: ClientStore, *, client: Client, asked: argparse.Namespace) -> None:
    channel = Channel(asked.channel)
    _check_sender(asked.address, channel=channel)
    _say(store.add_sender(client.id, channel=channel, address=asked.address))


def _check_sender(address: str, *, channel: Channel) -> None:
    if not is_sender(address, channel=channel):
        most = f"A phone shows at most {LONGEST_SENDER} characters: choose a shorter name."
        sys.exit(most if channel is Channel.SMS else f"{address} is no e-mail address.")


def _revoke(store: ClientStore, *, client: Client, asked: argparse.Namespace) -> None:
    if not store.revoke_key(client.id, name=asked.key_name, now=utc_now()):
        sys.exit(f"{client.name} has no key {asked.key_name} that works.")


def set_callback(
    store: CallbackStore,
    *,
    client: Client,
    url: str,
    bearer: str | None,
    ring: Keyring,
    kind: Hears = Hears.DELIVERY,
) -> str:
    """Keep where a client hears of something; give the secret that signs, this once."""
    secret, about = secret_text(token_bytes(SECRET_BYTES)), callback_about(client.id, kind=kind)
    sealed = Sealed(secret=ring.seal(secret, about=about), bearer=ring.seal(bearer, about=about) if bearer else None)
    store.set(client.id, kind=kind, url=url, sealed=sealed, now=utc_now())
    return secret


def _set_callback(store: CallbackStore, *, client: Client, asked: argparse.Namespace, ring: Keyring) -> None:
    kind = Hears(asked.of)
    if asked.none:
        _say("called back no more" if store.drop(client.id, kind=kind) else "was not called back")
        return
    if not can_be_called(asked.url or ""):
        sys.exit("Give the whole address, such as https://example.org/receipts")
    if not is_word(asked.bearer or "-"):
        sys.exit("A token has no spaces, and no signs beside those of ASCII")
    _say(set_callback(store, client=client, url=asked.url, bearer=asked.bearer, ring=ring, kind=kind))


def _give_number(store: ClientStore, *, client: Client, typed: str) -> None:
    number = number_of(typed)
    if number is None:
        sys.exit(f"{typed} is no phone number.")
    store.give_number(client.id, number=number)
    _say(number)


def _load(store: ClientStore, *, client: Client, folder: Path, now: datetime) -> None:
    files = sorted(folder.glob("*.yaml"))
    if not files:
        sys.exit(f"{folder} holds no .yaml file.")
    for path in files:
        try:
            file = TemplateFile().load(yaml.safe_load(path.read_text(encoding="utf-8")))
        except (ValidationError, yaml.YAMLError) as error:
            sys.exit(f"{path}: {error}")
        version = load_template(store, client_id=client.id, file=file, now=now)
        _say(f"{path.name}: {f'version {version}' if version else 'unchanged'}")


def _say(said: object) -> None:
    sys.stdout.write(f"{said}\n")
