"""What a program believes of a service: pinned root keys, the present directory (docs/protocol.md, 5)."""

from collections.abc import Mapping

from app.companion.answers import Answer, Service, Site
from app.companion.api import Api, ApiError
from app.wire.directory import Directory, Member, SignedDirectory, accept, directory_hash
from app.wire.errors import WireError
from app.wire.ids import Kid, kid_of


class Trust:
    """The directory of one service, believed only under pinned roots, never older than the last seen."""

    def __init__(self, api: Api, site: Site) -> None:
        self._api = api
        self._roots = {kid_of(pub): pub for pub in site.roots}
        self._signed: SignedDirectory | None = None
        self._directory: Directory | None = None
        self.instance = site.instance

    @classmethod
    async def pin(cls, api: Api) -> "Trust":
        """Pin what the service's own `/site.json` says. ApiError("unknown") where it was never set up."""
        return cls(api, await api.get("/site.json", Site))

    @property
    def directory(self) -> Directory:
        """The directory last accepted. ApiError("unknown") before the first."""
        if self._directory is None:
            raise ApiError("unknown")
        return self._directory

    @property
    def signed(self) -> SignedDirectory:
        """The same as it was signed."""
        if self._signed is None:
            raise ApiError("unknown")
        return self._signed

    @property
    def hash(self) -> bytes:
        """The hash that rides in every room seal made or opened under it."""
        return directory_hash(self.signed.payload)

    async def refresh(self, *, even_expired: bool = False) -> Directory:
        """Fetch and judge the present directory by the server's clock.

        ApiError: `dir_signature` (also for one that does not parse), `dir_expired`, `dir_rollback`; the
        directory accepted before then stays in force. Staff take one that is over, `even_expired`: running
        talks go on, and a coordinator must come in to renew it.
        """
        now = 0 if even_expired else await server_time(self._api)
        signed = await current_directory(self._api)
        last = 0 if self._directory is None else self._directory.serial
        directory = _accepted(signed, self._roots, self.instance, last, now)
        self._signed, self._directory = signed, directory
        return directory

    def signed_once(self, signed: SignedDirectory) -> Directory:
        """A directory of this service that was in force once, however old. ApiError as for `refresh`."""
        return _accepted(signed, self._roots, self.instance, 0, 0)

    async def member(self, kid: Kid) -> Member | None:
        """Who holds this key: looked up again in a newer directory where it is not in ours."""
        found = self.directory.member(kid)
        return found if found is not None else (await self.refresh(even_expired=True)).member(kid)

    async def knows(self, dir_hash: bytes) -> bool:
        """Whether a seal under `dir_hash` was made by someone who was given this service's directory.

        True for the present one, one that it replaced lately, or a newer one fetched now.
        """
        if self._is_ours(dir_hash):
            return True
        await self.refresh(even_expired=True)
        return self._is_ours(dir_hash)

    def _is_ours(self, dir_hash: bytes) -> bool:
        return dir_hash == self.hash or dir_hash in self.directory.earlier


def _accepted(
    signed: SignedDirectory, roots: Mapping[Kid, bytes], instance: bytes, last: int, now: int
) -> Directory:
    try:
        return accept(signed, roots, instance, last, now)
    except WireError as error:
        raise ApiError("dir_signature" if error.code == "malformed" else error.code) from None


async def server_time(api: Api) -> int:
    """The server's clock, in unix seconds: months and expiry go by it, since a phone's may be wrong."""
    return (await api.get("/api/service", Service)).time


async def current_directory(api: Api) -> SignedDirectory:
    """The directory that the identity house gives out, not yet judged."""
    answer = await api.get("/api/directory", Published)
    return answer.directory


class Published(Answer):
    """A signed directory as the identity house answers it."""

    payload: str
    sigs: list[dict[str, str]]

    @property
    def directory(self) -> SignedDirectory:
        try:
            return SignedDirectory.from_json({"payload": self.payload, "sigs": self.sigs})
        except WireError:
            raise ApiError("not_beside") from None
