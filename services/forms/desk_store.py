"""Keeps working copies and publications in PostgreSQL: one transaction, SQL by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime

from psycopg.types.json import Jsonb

from services.forms.domain.working import WorkingCopy
from services.forms.ports.desk import Act, Desk, Edit, KnownVersion, SpeakerText
from services.forms.publications import call_off, publish
from shared.access import Person
from shared.catalogue.definitions import Product
from shared.catalogue.publications import Publication, Signature, publications_of
from shared.catalogue.versions import recall, remember
from shared.database import Connection, Pool, transaction

_COPY = "product, based_on, files, revision, begun_at, begun_by, changed_at, changed_by"


def open_desk_on(pool: Pool) -> Callable[[], AbstractContextManager[Desk]]:
    """Make the opener of desks over this pool."""

    @contextmanager
    def open_desk() -> Iterator[Desk]:
        with transaction(pool) as connection:
            yield PostgresDesk(connection)

    return open_desk


class PostgresDesk:
    """The desk of one transaction (the port `Desk`)."""

    def __init__(self, connection: Connection) -> None:
        """Work over this connection."""
        self._connection = connection

    def find_copy(self, product_id: str) -> WorkingCopy | None:
        """The working copy of a product."""
        statement = f"select {_COPY} from forms.working_copy where product = %s"
        row = self._connection.execute(statement, [product_id]).fetchone()
        return WorkingCopy(**row) if row else None

    def begin_copy(self, copy: WorkingCopy) -> bool:
        """Keep a new working copy; False when there is one already."""
        values = {**vars(copy), "files": Jsonb(dict(copy.files))}
        return (
            self._connection.execute(
                f"""
                insert into forms.working_copy ({_COPY})
                values (%(product)s, %(based_on)s, %(files)s, %(revision)s, %(begun_at)s, %(begun_by)s, %(changed_at)s,
                        %(changed_by)s)
                on conflict do nothing
                """,
                values,
            ).rowcount
            == 1
        )

    def change_copy(self, product_id: str, *, files: Mapping[str, str], revision: int, signed: Signature) -> bool:
        """Keep these texts; False when the working copy is not at this revision any more."""
        values = [Jsonb(dict(files)), signed.at, signed.by.name, product_id, revision]
        return (
            self._connection.execute(
                """
                update forms.working_copy set files = %s, changed_at = %s, changed_by = %s, revision = revision + 1
                where product = %s and revision = %s
                """,
                values,
            ).rowcount
            == 1
        )

    def drop_copy(self, product_id: str, *, revision: int) -> bool:
        """Forget the working copy; False when it is not at this revision any more."""
        statement = "delete from forms.working_copy where product = %s and revision = %s"
        return self._connection.execute(statement, [product_id, revision]).rowcount == 1

    def note(self, product_id: str, *, act: Act, signed: Signature, file: str = "") -> None:
        """Keep for ever who did this."""
        self._connection.execute(
            "insert into catalogue.edit (product, at, subject, signed_by, act, file) values (%s, %s, %s, %s, %s, %s)",
            [product_id, signed.at, signed.by.subject, signed.by.name, act, file],
        )

    def edits_of(self, product_id: str) -> Sequence[Edit]:
        """What was done to the text of a product, the latest first; at most fifty."""
        statement = "select at, signed_by, act, file from catalogue.edit where product = %s order by id desc limit 50"
        return [Edit(**row) for row in self._connection.execute(statement, [product_id])]

    def versions_of(self, product_id: str) -> Sequence[KnownVersion]:
        """Every version of a product, the oldest first."""
        statement = """
            select version, row_number() over (order by first_seen, version)::int as number
            from catalogue.version where product = %s order by number
        """
        return [KnownVersion(**row) for row in self._connection.execute(statement, [product_id])]

    def publications_of(self, product_id: str) -> Sequence[Publication]:
        """Every publication of a product, the latest first."""
        return publications_of(self._connection, product_id=product_id)

    def find_version(self, product_id: str, *, version: str) -> Product:
        """A version as it was kept. Raises UnknownVersionError."""
        return recall(self._connection, product_id=product_id, version=version)

    def remember(self, product: Product) -> None:
        """Keep a version that nobody is offered."""
        remember(self._connection, product)

    def publish(
        self, product: Product, *, signed: Signature, serves_from: datetime, examples: Mapping[str, str] | None
    ) -> None:
        """Offer this version from a moment on. Raises InThePastError."""
        publish(self._connection, product, signed=signed, serves_from=serves_from, examples=examples)

    def call_off(self, publication_id: int, *, by: Person, at: datetime) -> None:
        """Call off what does not serve yet. Raises AlreadyServesError."""
        call_off(self._connection, publication_id=publication_id, by=by, at=at)

    def speaker_texts(self) -> Sequence[SpeakerText]:
        """Every text about the municipality, the latest first."""
        statement = """
            select id, content, published_at, signed_by, because, waits from catalogue.municipality order by id desc
        """
        return [SpeakerText(**row) for row in self._connection.execute(statement)]

    def hold_speaker(self) -> None:
        """Let nobody else publish a text about the municipality until this desk closes."""
        self._connection.execute("select pg_advisory_xact_lock(hashtext('catalogue.municipality'))")

    def publish_speaker(self, content: str, *, signed: Signature) -> None:
        """Have this text about the municipality serve from now on."""
        self._connection.execute(
            """
            insert into catalogue.municipality (content, published_at, subject, signed_by, because)
            values (%s, %s, %s, %s, %s)
            """,
            [content, signed.at, signed.by.subject, signed.by.name, signed.because],
        )
