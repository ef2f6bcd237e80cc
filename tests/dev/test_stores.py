"""The stores that a test run, a storm and `make up` all stand on."""

from __future__ import annotations

import psycopg
import pytest
import redis

from tests.conftest import Database


def test_a_service_cannot_read_the_tables_of_another(empty_database: Database) -> None:
    with psycopg.connect(empty_database.dsn("forms")) as forms:
        forms.execute("create schema forms create table answers (text text)")
    with (
        psycopg.connect(empty_database.dsn("workflow")) as workflow,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        workflow.execute("select * from forms.answers")


def test_each_test_gets_a_database_without_the_rows_of_another(empty_database: Database) -> None:
    with psycopg.connect(empty_database.dsn("workflow")) as workflow:
        workflow.execute("create schema workflow create table cases (id int)")
        assert workflow.execute("select count(*) from pg_namespace where nspname = 'forms'").fetchone() == (0,)


def test_the_database_is_the_version_the_migrations_need(empty_database: Database) -> None:
    with psycopg.connect(empty_database.dsn()) as owner:
        assert owner.execute("select uuid_extract_version(uuidv7()), 'é' < 'f'").fetchone() == (7, False)


def test_a_role_without_its_password_is_refused(empty_database: Database) -> None:
    wrong = empty_database.dsn("forms").replace("forms:", "forms:not-", 1)
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(wrong)


def test_valkey_keeps_every_write_before_it_answers(empty_database: Database) -> None:
    with redis.from_url(empty_database.valkey_url) as valkey:
        assert valkey.config_get("appendonly") == {"appendonly": "yes"}
        assert valkey.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
