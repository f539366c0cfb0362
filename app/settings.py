"""The one settings object: read from the environment (BESIDE_*) once, then frozen."""

import re
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

_BUS = re.compile(r"nats://([^\s/@:]+:[^\s/@:]+@)?[A-Za-z0-9.-]+(:[0-9]{1,5})?")
_PAGE = re.compile(r"https://[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:[0-9]{1,5})?/[A-Za-z0-9._~/?&=%+,;:@!$*()#-]*")


class Settings(BaseSettings):
    """Every setting of a server. Tests build one; nothing else reads the environment."""

    model_config = SettingsConfigDict(
        env_prefix="BESIDE_", frozen=True, extra="ignore", hide_input_in_errors=True
    )

    side: Literal["both", "identity", "conversations"] = "both"
    """Which house this server is: grown, each is a service of its own."""
    workers: Annotated[int, Field(ge=1, le=64)] = 1
    """Processes that share the port."""
    data: Path = Path("data")
    """Folder of the server's own keys, site.json and, embedded, both SQLite files."""
    public: Path | None = None
    """Folder of what both houses may know, site.json and pass.pub: identity writes, conversations reads.
    Default: `data`."""
    bus_url: str | None = None
    """`nats://[USER:PASSWORD@]HOST[:PORT]`, several separated by commas: what joins the processes of
    conversations. None: there is one process."""
    metrics: bool = False
    """Whether /metrics answers; never let the outside reach it."""
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65_535)] = 8000
    origins: Annotated[tuple[str, ...], NoDecode] = ()
    """Origins beside the request's own host that may open a socket or use staff cookies (comma-separated)."""
    https: bool = False
    """Whether browsers reach the service over https: cookies then are `Secure` and `__Host-`."""
    identity_url: str | None = None
    """SQLAlchemy URL of the identity store; default: SQLite in `data`."""
    conversations_url: str | None = None
    """SQLAlchemy URL of the conversations store; default: SQLite in `data`."""
    keep_days: Annotated[int, Field(ge=1, le=365)] = 30
    """Days a room is kept after its last use, a year at most, until a coordinator sets them."""
    flag_days: Annotated[int, Field(ge=1, le=365)] = 90
    """Days a flag is kept after its decision; then the daily purge takes it."""
    proof_cost: Annotated[int, Field(ge=1, le=100_000)] = 1_000
    proof_bits: Annotated[int, Field(ge=0, le=12)] = 6
    proof_puzzles: Annotated[int, Field(ge=1, le=64)] = 16
    tickets_limit: Annotated[int, Field(ge=1)] = 500
    """Waiting tickets without a note; above it a new silent ticket is answered `queue_full`."""
    notes_limit: Annotated[int, Field(ge=1)] = 2_000
    """Waiting tickets with a note."""
    messages_per_minute: Annotated[int, Field(ge=1)] = 60
    """Messages that one seat may send in a minute."""
    sockets_limit: Annotated[int, Field(ge=1)] = 20_000
    """Open sockets on this node."""
    hours: Path | None = None
    """A file of opening hours (docs/operations.md), which hold until a coordinator sets others; without one
    the service is open day and night."""
    leave_url: str = "https://www.weather.gov/"
    """Where Leave now leads: a page that tells nothing of who opens it."""
    limits_duty: bool = False
    """Whether pages say that peers may have to report a child in danger: the law where they work decides."""
    backup_days: Annotated[int, Field(ge=1, le=30)] = 30
    """Days that the operator keeps a backup, as the pages promise it."""
    mode: Literal["production", "demo", "development"] = "production"

    @field_validator("origins", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return (
            tuple(part.strip() for part in value.split(",") if part.strip())
            if isinstance(value, str)
            else value
        )

    @field_validator("identity_url", "conversations_url")
    @classmethod
    def _known_engine(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("sqlite+aiosqlite:///", "postgresql+asyncpg://")):
            raise ValueError("a store is sqlite+aiosqlite:///FILE or postgresql+asyncpg://…")
        return value

    @field_validator("leave_url")
    @classmethod
    def _plain_page(cls, value: str) -> str:
        if _PAGE.fullmatch(value) is None:
            raise ValueError("a page to leave to is https://HOST/…, without a name or password in it")
        return value

    @field_validator("bus_url")
    @classmethod
    def _nats(cls, value: str | None) -> str | None:
        if value is not None and any(_BUS.fullmatch(part) is None for part in value.split(",")):
            raise ValueError("a bus is nats://[USER:PASSWORD@]HOST[:PORT], several separated by commas")
        return value

    @model_validator(mode="after")
    def _two_stores(self) -> Self:
        if self.side == "both" and self.identity_store == self.conversations_store:
            raise ValueError("the two houses never share a database")
        return self

    @model_validator(mode="after")
    def _many_processes(self) -> Self:
        mine = {
            "identity": [self.identity_store],
            "conversations": [self.conversations_store],
            "both": [self.identity_store, self.conversations_store],
        }[self.side]
        if self.workers > 1 and any(store.startswith("sqlite") for store in mine):
            raise ValueError("several workers need PostgreSQL: SQLite has one process")
        if self.side != "identity":
            if self.bus_url is not None and self.conversations_store.startswith("sqlite"):
                raise ValueError("a bus joins processes on PostgreSQL: SQLite has one process")
            if self.workers > 1 and self.bus_url is None:
                raise ValueError(
                    "several workers need a bus (BESIDE_BUS_URL), or they would not hear each other"
                )
        return self

    @property
    def public_folder(self) -> Path:
        return self.public or self.data

    @property
    def site_file(self) -> Path:
        """Instance and root keys, pinned by every page."""
        return self.public_folder / "site.json"

    @property
    def pass_file(self) -> Path:
        """The public key that checks passes."""
        return self.public_folder / "pass.pub"

    @property
    def identity_store(self) -> str:
        return self.identity_url or f"sqlite+aiosqlite:///{self.data / 'identity.sqlite'}"

    @property
    def conversations_store(self) -> str:
        return self.conversations_url or f"sqlite+aiosqlite:///{self.data / 'conversations.sqlite'}"
