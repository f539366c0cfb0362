"""Run by Alembic through app.kit.migrations."""

from app.identity.tables import metadata
from app.kit.migrations import run_history

run_history(metadata)
