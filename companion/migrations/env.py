"""Alembic's entry: the connection is given by migrations.upgrade, the tables by models/."""

import importlib
import pkgutil

from alembic import context

from companion import models
from companion.models.base import Base

for module in pkgutil.iter_modules(models.__path__):
    importlib.import_module(f"companion.models.{module.name}")

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
