"""The runner: one process on its port, with raised limits, that leaves politely when it is asked to."""

import gc
import logging
import os
import resource
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from flask import Flask

from companion import app as application
from companion import database, limits, migrations, sockets
from companion.commands import bundled, handed
from companion.commands.folder import Folder
from companion.config import Settings
from companion.live import ticker
from companion.sockets import guard

log = logging.getLogger(__name__)
TCP_RTO_MAX_MS = 44
"""Linux's number for it; Python has no name yet."""


def run(settings: Settings, announce: Callable[[Flask, str], None]) -> None:
    """Serve until SIGTERM or SIGINT; `announce(app, address)` is called once phones can connect.

    Raises folder.Taken when another server has the data folder, OSError when the port cannot be had.
    """
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    leave = Leave()
    raise_open_files()
    folder = Folder(settings.data_dir) if settings.uses_sqlite else None
    app = prepare(settings)
    server = (EventletServer if settings.concurrency == "eventlet" else ThreadingServer)(app, settings)
    address = f"http://{shown_host(settings.host)}:{server.port}"
    if folder:
        folder.say(address)
    bundled.bring_in(settings)
    start_background(app, settings)
    calm_garbage_collector()
    server.start()
    announce(app, address)
    leave.wait()
    drain(server)
    if folder:
        folder.release()


def prepare(settings: Settings) -> Flask:
    """The app with its tables up to date."""
    if settings.concurrency == "eventlet":
        import eventlet.tpool

        database.leave_the_hub_by(eventlet.tpool.execute)
    app = application.create_app(settings)
    if settings.uses_sqlite:
        migrations.upgrade(database.opened().writing)
    return app


def start_background(app: Flask, settings: Settings) -> None:
    """What runs beside the phones: the film's clock, and the line to commands on this machine."""
    if settings.uses_sqlite:
        handed.listen(settings, sockets.socketio.start_background_task)
    sockets.socketio.start_background_task(ticker.run, app)


def shown_host(host: str) -> str:
    return "127.0.0.1" if host in ("0.0.0.0", "::", "") else f"[{host}]" if ":" in host else host


def raise_open_files() -> None:
    """One phone is one open file; the usual soft limit of 1,024 would end the party early."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = limits.CONNECTIONS + 1_000
    most = wanted if hard == resource.RLIM_INFINITY else min(hard, wanted)
    if soft != resource.RLIM_INFINITY and soft < most:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def calm_garbage_collector() -> None:
    """What exists now stays: collecting it over and over costs a quarter of the fan-out (PERFORMANCE.md).

    Nor is it looked through once more here: that takes a tenth of the start and finds a hundred objects.
    """
    gc.freeze()
    gc.set_threshold(50_000, 20, 1_000)


class Leave:
    """Waits for a signal on a pipe: a handler run in the middle of the hub would come seconds late."""

    def __init__(self) -> None:
        self.read_end, self.write_end = os.pipe()
        os.set_blocking(self.write_end, False)
        os.set_blocking(self.read_end, False)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: None)
        signal.set_wakeup_fd(self.write_end, warn_on_full_buffer=False)

    def wait(self) -> None:
        import select  # green under eventlet, plain otherwise

        while True:
            select.select([self.read_end], [], [])
            with suppress(BlockingIOError):
                if any(n in (signal.SIGTERM, signal.SIGINT) for n in os.read(self.read_end, 64)):
                    return


def drain(server: Any) -> None:
    """Tell the phones, stop accepting, keep what was sent, close below Socket.IO so that phones come back."""
    ends_at = time.monotonic() + limits.DRAIN_WITHIN
    ticker.stop()
    sockets.socketio.emit("server_draining", {}, ignore_queue=True)
    server.stop_accepting()
    sockets.socketio.sleep(0.15)
    closer = threading.Thread(target=database.close, daemon=True)
    guard.close_all()
    sockets.socketio.sleep(0.1)
    closer.start()
    closer.join(max(0.1, ends_at - time.monotonic()))
    logging.shutdown()
    sys.stdout.flush()


def prepare_for_phones(listener: Any) -> None:
    """What every connection inherits: a bounded send buffer, no packet that waits, and quick repeats.

    By default a small packet is held back until the last one was acknowledged, which on a phone's link costs
    a whole way there and back: when joining, for every answer about the time, and for a pause. And what was
    said during half a minute without wifi would be repeated up to half a minute after its return.
    """
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, limits.SEND_BUFFER)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if sys.platform == "linux":
        with suppress(OSError):  # before 6.15 it waits ever longer
            listener.setsockopt(socket.IPPROTO_TCP, TCP_RTO_MAX_MS, limits.REPEAT_WITHIN_MS)


class EventletServer:
    """eventlet's WSGI server with the limits that its shortcuts leave out."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        import eventlet

        family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
        self.listener = eventlet.listen(
            (settings.host, settings.port),
            family=family,
            backlog=limits.BACKLOG,
            reuse_addr=True,
            reuse_port=False,
        )
        prepare_for_phones(self.listener)
        self.port = self.listener.getsockname()[1]
        self.app = app

    def start(self) -> None:
        import eventlet

        eventlet.spawn(self.serve)

    def serve(self) -> None:
        import eventlet.wsgi

        with suppress(OSError):
            eventlet.wsgi.server(
                self.listener,
                self.app,
                max_size=limits.CONNECTIONS,
                socket_timeout=limits.SOCKET_TIMEOUT,
                keepalive=limits.KEEPALIVE,
                log_output=False,
                debug=False,
            )

    def stop_accepting(self) -> None:
        with suppress(OSError):
            self.listener.shutdown(socket.SHUT_RD)


class ThreadingServer:
    """werkzeug's threaded server, for the test suite and for machines without eventlet."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        from werkzeug.serving import WSGIRequestHandler, make_server

        class Quiet(WSGIRequestHandler):
            protocol_version = "HTTP/1.1"
            timeout = limits.SOCKET_TIMEOUT

            def log(self, *args: Any) -> None:
                pass

        self.server = make_server(settings.host, settings.port, app, threaded=True, request_handler=Quiet)
        self.server.daemon_threads = True  # type: ignore[attr-defined]
        prepare_for_phones(self.server.socket)
        self.port = self.server.port

    def start(self) -> None:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop_accepting(self) -> None:
        self.server.shutdown()
        self.server.server_close()
