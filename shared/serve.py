"""Run a service's web door under gunicorn: this file is also gunicorn's configuration."""

from __future__ import annotations

import ctypes
import gc
import os
import shutil
import sys
import tempfile
from contextlib import suppress
from typing import Any

from gunicorn.app.wsgiapp import run  # type: ignore[import-untyped]

bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
worker_class = "gthread"
preload_app = True
keepalive = 5
timeout = 60
graceful_timeout = 15
loglevel = "warning"
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108, PTH112 a heartbeat file, in memory where there is such a place
proc_name = os.environ.get("SERVICE", "balie")
control_socket_disable = True


def when_ready(_server: Any) -> None:
    """Keep what was loaded once in pages that the workers share, and give back what loading left behind."""
    gc.collect()
    gc.freeze()
    with suppress(AttributeError):  # glibc's own; some 5 MB after compiling the templates
        ctypes.CDLL(None).malloc_trim(0)


def child_exit(_server: Any, worker: Any, /) -> None:
    """Take a dead worker's gauges out of the sums."""
    from prometheus_client import multiprocess  # noqa: PLC0415 reads its folder from the environment when imported

    multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def on_exit(_server: Any) -> None:
    """Leave no metrics files behind."""
    shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)


def serve(app: str) -> None:
    """Become the web server of this app, named as `package.module:factory()`. Does not return."""
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="balie-metrics-")
    sys.argv = ["gunicorn", "-c", "python:shared.serve", app]
    run()
