"""create_app(): wiring, no behaviour."""

import importlib
import pkgutil
from types import ModuleType

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from companion import clock, config, database, languages, live, sockets, web
from companion.assets import assets
from companion.config import Settings
from companion.limits import BODY_BYTES
from companion.web import headers, problems, rates, static_files
from companion.web.gate import Gate


def create_app(settings: Settings | None = None) -> Flask:
    """The whole application on one set of settings: database opened, doors registered, gates in front."""
    settings = settings or Settings()
    config.use(settings)
    clock.init(settings.data_dir)
    database.init(settings)
    app = Flask("companion", template_folder=assets() / "templates", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = app.config["MAX_FORM_MEMORY_SIZE"] = BODY_BYTES
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # a letter of Hangul takes three bytes, not six
    app.static_folder = str(assets() / "static")
    languages.install(app)
    for part in (static_files, problems, rates, headers):
        part.install(app)
    for module in modules_of(web):
        if hasattr(module, "blueprint"):
            app.register_blueprint(module.blueprint)
    modules_of(live)
    sockets.install(app, settings)
    wrap(app, settings)
    return app


def modules_of(package: ModuleType) -> list[ModuleType]:
    """Every module of a package, imported; a new page or act needs no line here."""
    found = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    return [importlib.import_module(module.name) for module in found]


def wrap(app: Flask, settings: Settings) -> None:
    """What stands in front of Flask and Socket.IO alike, innermost first."""
    app.wsgi_app = Gate(app.wsgi_app, settings)  # type: ignore[method-assign]
    app.wsgi_app = headers.Headers(app.wsgi_app, settings)  # type: ignore[method-assign]
    if hops := settings.proxy_hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
