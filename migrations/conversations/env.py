"""Run by Alembic through app.kit.migrations."""

from app.conversations.tables import metadata
from app.kit.migrations import run_history

run_history(metadata)
