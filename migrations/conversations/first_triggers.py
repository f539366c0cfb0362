"""The triggers on `messages` as revisions 0001 to 0007 know them; today's: app.conversations.tables."""

from typing import Final

_SQLITE: Final = (
    # INSERT OR REPLACE would drop a row without asking the trigger on DELETE.
    """CREATE TRIGGER messages_no_replace BEFORE INSERT ON messages
WHEN EXISTS (SELECT 1 FROM messages WHERE room = NEW.room AND seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'messages are append-only'); END""",
    """CREATE TRIGGER messages_no_update BEFORE UPDATE ON messages
WHEN NEW.ct IS NOT NULL OR NEW.rowid IS NOT OLD.rowid OR (NEW.room, NEW.seq, NEW.seat, NEW.ke, NEW.n, NEW.com)
    IS NOT (OLD.room, OLD.seq, OLD.seat, OLD.ke, OLD.n, OLD.com)
BEGIN SELECT RAISE(ABORT, 'messages are append-only'); END""",
    """CREATE TRIGGER messages_no_delete BEFORE DELETE ON messages
WHEN EXISTS (SELECT 1 FROM rooms WHERE id = OLD.room AND state <> 'deleted')
BEGIN SELECT RAISE(ABORT, 'messages are append-only'); END""",
)

_POSTGRESQL: Final = (
    """CREATE FUNCTION messages_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.ct IS NULL AND (NEW.room, NEW.seq, NEW.seat, NEW.ke, NEW.n, NEW.com)
            IS NOT DISTINCT FROM (OLD.room, OLD.seq, OLD.seat, OLD.ke, OLD.n, OLD.com) THEN
            RETURN NEW;
        END IF;
    ELSIF TG_OP = 'DELETE' THEN
        IF NOT EXISTS (SELECT 1 FROM rooms WHERE id = OLD.room AND state <> 'deleted') THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION 'messages are append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$""",
    """CREATE TRIGGER messages_no_change BEFORE UPDATE OR DELETE ON messages
FOR EACH ROW EXECUTE FUNCTION messages_append_only()""",
    """CREATE TRIGGER messages_no_truncate BEFORE TRUNCATE ON messages
FOR EACH STATEMENT EXECUTE FUNCTION messages_append_only()""",
)


def triggers(dialect: str) -> tuple[str, ...]:
    """The statements that make `messages` append-only on "sqlite" or "postgresql"."""
    return {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}[dialect]
