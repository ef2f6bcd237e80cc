"""What every web door does alike: guard, trace, log, measure, and say plainly what went wrong."""

from __future__ import annotations

import os
import re
import secrets
import time
import traceback
from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

import psycopg
from flask import Flask, Response, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, multiprocess
from psycopg_pool import PoolTimeout
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix

from shared.access import Permission, Person, allows, may, permission_of
from shared.api import API_VERSION, answer, describe_api
from shared.events import Words
from shared.log import bind, logger
from shared.problems import ProblemError, problem_of, problem_response

BODY_BYTES: Final = 1_000_000
FORM_PARTS: Final = 2_000
HSTS_SECONDS: Final = 31_536_000
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-src 'self'; base-uri 'none'; frame-ancestors {ancestors}"
)
SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})

limiter = Limiter(
    key_func=get_remote_address, headers_enabled=True, in_memory_fallback_enabled=True, swallow_errors=True
)
"""Limits per address, counted in Valkey, in memory when that is away: `@limiter.limit("20/minute")` on a door."""

_requests = Counter("balie_requests", "Requests", ["service", "route", "method", "status"])
_seconds = Histogram("balie_request_seconds", "Duration of requests", ["service", "route"])

PersonOf = Callable[[], Person | None]
Check = Callable[[], bool]
Watch = Callable[[], Mapping[str, Any]]


class UndeclaredDoorError(Exception):
    """A route declares no permission; the service does not start."""


class SignInNeededError(Exception):
    """Nobody is signed in, and this page asks for it."""


def make_app(import_name: str, *, secret_key: str, https: bool, proxies: int = 0) -> Flask:
    """Make an app with tight limits; `proxies` is how many trusted proxies stand before it."""
    app = Flask(import_name, static_folder=None)
    app.config.update(
        SECRET_KEY=secret_key,
        SESSION_COOKIE_NAME=f"balie_{import_name.rpartition('.')[2]}",
        MAX_CONTENT_LENGTH=BODY_BYTES,
        MAX_FORM_MEMORY_SIZE=BODY_BYTES,
        MAX_FORM_PARTS=FORM_PARTS,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=https,
        HTTPS=https,
    )
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign]
    return app


def limit_rates(app: Flask, *, valkey_url: str, on: bool) -> None:
    """Count requests per address in Valkey, or do not count at all."""
    storage = re.sub(r"^unix:", "redis+unix:", valkey_url)
    app.config.update(
        RATELIMIT_ENABLED=on,
        RATELIMIT_STORAGE_URI=storage if on else "memory://",
        RATELIMIT_STORAGE_OPTIONS={"socket_timeout": 0.5, "socket_connect_timeout": 0.5} if on else {},
    )
    limiter.init_app(app)


def add_common_doors(
    app: Flask, *, title: str, checks: Mapping[str, Check], watched: Mapping[str, Watch] | None = None
) -> None:
    """Add /health, /metrics and /api/openapi.json; `checks` names each part that the service cannot do without.

    `watched` are parts that somebody must look at when their `well` is false, while this door goes on: then `healthy`
    is false and the status stays 200, as starting the door anew would mend nothing.
    """

    @app.get("/health", endpoint="health")
    @allows(Permission.PUBLIC)
    def health() -> ResponseReturnValue:
        parts = {name: works(check) for name, check in checks.items()}
        seen = {name: _look_at(watch) for name, watch in (watched or {}).items()}
        status = 200 if all(parts.values()) else 503
        healthy = status == 200 and all(part["well"] for part in seen.values())
        return answer({"healthy": healthy, "parts": {**parts, **seen}}, status=status)

    @app.get("/metrics", endpoint="metrics")
    @allows(Permission.PUBLIC)
    def metrics() -> ResponseReturnValue:
        return Response(_all_metrics(), content_type="text/plain; version=0.0.4; charset=utf-8")

    @app.get("/api/openapi.json", endpoint="openapi")
    @allows(Permission.PUBLIC)
    def openapi() -> ResponseReturnValue:
        return answer(describe_api(app, title=title))


def seal(app: Flask, *, service: str, person_of: PersonOf) -> Flask:
    """Close the app: every door declares a permission, and each request is guarded, traced and logged.

    Raises:
        UndeclaredDoorError: names the routes that declare nothing.
    """
    undeclared = [name for name, view in app.view_functions.items() if permission_of(view) is None]
    if undeclared:
        raise UndeclaredDoorError(", ".join(sorted(undeclared)))
    app.before_request(_begin)
    app.before_request(_refuse_foreign_origin)
    app.before_request(lambda: _ask_permission(app, person_of=person_of))
    app.after_request(lambda response: _finish(response, service=service, https=app.config["HTTPS"]))
    app.register_error_handler(Exception, _answer_error)
    return app


def allow_framing(response: Response) -> Response:
    """Let our own pages show this one in a frame (the letter's preview)."""
    response.headers["Content-Security-Policy"] = POLICY.format(ancestors="'self'")
    return response


def _all_metrics() -> bytes:
    """Sum over all web processes of this service; a process on its own has only its own."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest()
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)


def works(check: Check) -> bool:
    """Tell whether a part works; whatever is wrong with it, the answer is that it does not."""
    try:
        return check()
    except Exception as error:
        logger.warning("part_unwell", error=type(error).__name__)
        return False


def _look_at(watch: Watch) -> Mapping[str, Any]:
    try:
        return watch()
    except Exception as error:  # what cannot be looked at is not well
        logger.warning("part_unwell", error=type(error).__name__)
        return {"well": False}


def _begin() -> None:
    g.started = time.perf_counter()
    given = re.fullmatch(r"00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}", request.headers.get("traceparent", ""))
    g.trace_id = given.group(1) if given else secrets.token_hex(16)
    bind(trace=g.trace_id)


def _refuse_foreign_origin() -> None:
    """Refuse a form that another site sent: the browser itself says where a request comes from (Fetch Metadata)."""
    if request.method in SAFE_METHODS:
        return
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    foreign = (
        site not in {"same-origin", "none"} if site else origin is not None and urlsplit(origin).netloc != request.host
    )
    if foreign:
        raise ProblemError(
            403,
            title=Words(
                nl="Dit formulier kwam van een andere site. Open de bladzijde opnieuw.",
                en="This form came from another site. Open the page again.",
            ),
        )


def _ask_permission(app: Flask, *, person_of: PersonOf) -> None:
    view = app.view_functions.get(request.endpoint or "")
    permission = permission_of(view) if view else Permission.PUBLIC
    if permission is None or permission is Permission.PUBLIC:
        return
    person = person_of()
    if may(person, permission=permission):
        return
    if person is None:
        raise problem_of(401) if _is_api() else SignInNeededError
    raise problem_of(403)


def _finish(response: Response, *, service: str, https: bool) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", POLICY.format(ancestors="'none'"))
    headers.setdefault("Cache-Control", "no-store")
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), geolocation=(self), microphone=()"
    headers["X-Trace-Id"] = g.get("trace_id", "")
    if https:
        headers["Strict-Transport-Security"] = f"max-age={HSTS_SECONDS}; includeSubDomains"
    if _is_api():
        headers["API-Version"] = API_VERSION
    _record(response, service=service)
    return response


def _record(response: Response, *, service: str) -> None:
    """Log and count by route, never by address: an address may hold a secret link."""
    route = request.url_rule.rule if request.url_rule else "unknown"
    spent = time.perf_counter() - g.get("started", time.perf_counter())
    _requests.labels(service, route, request.method, response.status_code).inc()
    _seconds.labels(service, route).observe(spent)
    if route not in {"/health", "/metrics"}:
        logger.info(
            "request", method=request.method, route=route, status=response.status_code, ms=round(spent * 1000, 1)
        )
    bind()


def _answer_error(error: Exception) -> ResponseReturnValue:
    problem = _problem(error)
    if problem.status >= 500:
        frames = traceback.extract_tb(error.__traceback__)
        where = [f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in frames[-4:]]
        logger.error("failed", error=type(error).__name__, where=where)
    if _is_api() or request.path in {"/health", "/metrics"}:
        return problem_response(problem)
    page = render_template("look/error.html", problem=problem, trace_id=g.get("trace_id", ""))
    headers = {"Retry-After": str(problem.retry_after)} if problem.retry_after else {}
    return page, problem.status, headers


def _problem(error: Exception) -> ProblemError:
    if isinstance(error, ProblemError):
        return error
    if isinstance(error, HTTPException):
        wait = getattr(error, "retry_after", 0)
        problem = problem_of(error.code or 500)
        problem.retry_after = int(wait) if isinstance(wait, int | float) else 60 * (error.code == 429)
        return problem
    if isinstance(error, RecursionError):
        return problem_of(400)
    if isinstance(error, psycopg.OperationalError | PoolTimeout):
        problem = problem_of(503)
        problem.retry_after = 5
        return problem
    return problem_of(500)


def _is_api() -> bool:
    return request.path.startswith("/api/")
