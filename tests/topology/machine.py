"""The services of the compose file as processes of this machine: their commands, settings, health, order.

A container becomes a process with a loopback address of its own, so that ports stay as they are. What
changes:

- 0.0.0.0 and 127.0.0.1 become that address;
- the name of another service becomes its address where both share a network, and stays a name that nobody
  knows where they do not;
- a mounted path becomes a folder of the test;
- what an image does by itself before its command (PostgreSQL's) is done here.
"""

import asyncio
import os
import re
import secrets
import shutil
import signal
import sys
import sysconfig
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.engines import new_cluster
from tests.topology.compose import ROOT, Mount, Service, services
from tests.topology.names import Names

SECONDS = 60.0
"""Within which anything that is waited for comes, on a busy machine."""

DNS_PORT = 53_053

_SCRIPTS = Path(sysconfig.get_path("scripts"))
_FETCH = "import sys, urllib.request; urllib.request.urlopen(sys.argv[-1], timeout=3)"
_HBA = "local all all trust\nhost all all all scram-sha-256\n"
"""Who may enter with what, as the image has it."""


@dataclass(eq=False)
class Running:
    """A container's process."""

    service: Service
    address: str
    process: Process
    environment: dict[str, str]
    log: Path


class Machine:
    """All services of one profile; `own` is given to each in addition to what the file says."""

    def __init__(
        self, folder: Path, profile: str, environment: Mapping[str, str], own: Mapping[str, str]
    ) -> None:
        self._folder = folder
        self._own = dict(own)
        self._net = f"127.{secrets.randbelow(250) + 2}.{secrets.randbelow(250) + 2}"
        containers = (
            (each.name, number)
            for each in services(profile, environment).values()
            for number in range(each.replicas)
        )
        self._addresses = {container: f"{self._net}.{at}" for at, container in enumerate(containers, start=2)}
        self.site = f"{self.address('web')}:8443" if ("web", 0) in self._addresses else ""
        """What browsers write to reach the service."""
        self._services = services(
            profile, {"SITE": self.site, "RESOLVERS": f"resolvers {self.resolvers}", **environment}
        )
        self.running: dict[tuple[str, int], Running] = {}
        """By the service's name and the number of the container, from 0."""
        self.begun: list[str] = []
        """Names in the order in which they were started."""
        self.hidden: set[str] = set()
        """Addresses that the name server does not tell, though somebody is there."""
        self.asked = 0
        """How often the name server was asked."""
        self._up: dict[str, asyncio.Task[None]] = {}

    @property
    def resolvers(self) -> str:
        """Where names of services are known."""
        return f"{self._net}.1:{DNS_PORT}"

    def address(self, service: str, number: int = 0) -> str:
        """The loopback address of a container."""
        return self._addresses[service, number]

    def volume(self, name: str) -> Path:
        """A volume's folder, or the path of the repository."""
        return ROOT / name if name.startswith(".") else self._folder / "volumes" / name

    def log(self, service: str, number: int = 0) -> str:
        """What a container has written so far."""
        return self._log(service, number).read_text("utf-8", "replace")

    async def up(self) -> None:
        """Start everything, each when what it waits for is as it must be; return when all is."""
        await asyncio.gather(*(self._started(name) for name in self._services))

    async def end(self, service: str, number: int, how: signal.Signals = signal.SIGTERM) -> int:
        """End one container; its exit code, a signal as a negative number."""
        running = self.running.pop((service, number))
        if running.process.returncode is None:
            running.process.send_signal(how)
        async with asyncio.timeout(SECONDS):
            return await running.process.wait()

    async def start(self, service: str, number: int) -> None:
        """Start a container (again), and wait until it is healthy."""
        await self._healthy(await self._start(self._services[service], number))

    async def down(self) -> None:
        """End what runs, the last one first."""
        for (name, number), running in reversed(list(self.running.items())):
            try:
                await self.end(
                    name, number, signal.SIGINT if _is_postgres(running.service) else signal.SIGTERM
                )
            except TimeoutError:
                running.process.kill()
                await running.process.wait()

    def found(self, name: str) -> list[str]:
        """What the name server answers: the addresses of all containers of a service that run now."""
        self.asked += 1
        there = [running.address for (service, _), running in self.running.items() if service == name]
        return [address for address in there if address not in self.hidden]

    async def _started(self, name: str) -> None:
        if name not in self._up:
            self._up[name] = asyncio.create_task(self._bring_up(self._services[name]))
        await self._up[name]

    async def _bring_up(self, service: Service) -> None:
        for other in service.waits:
            await self._started(other)
        self.begun.append(service.name)
        once = "service_completed_successfully" in {
            each.waits.get(service.name) for each in self._services.values()
        }
        for number in range(service.replicas):
            running = await self._start(service, number)
            if once:
                async with asyncio.timeout(SECONDS):
                    code = await running.process.wait()
                del self.running[service.name, number]
                assert code == 0, f"{service.name} ended with {code}:\n{running.log.read_text('utf-8')}"
        if not once:
            await asyncio.gather(
                *(self._healthy(self.running[service.name, number]) for number in range(service.replicas))
            )

    async def _start(self, service: Service, number: int) -> Running:
        address = self._addresses[service.name, number]
        paths = {mount.target: str(self._laid(mount, address)) for mount in service.mounts}
        said = {
            name: self._here(value, service, address, paths) for name, value in service.environment.items()
        }
        kept = {name: value for name, value in os.environ.items() if not name.startswith("BESIDE_")}
        home = self._folder / "homes" / f"{service.name}-{number}"
        home.mkdir(parents=True, exist_ok=True)
        environment = {**kept, **self._own, **said, "HOME": str(home)}
        if "/data" in paths:
            environment["XDG_DATA_HOME"] = paths["/data"]
        command = [self._here(each, service, address, paths) for each in service.command]
        log = self._log(service.name, number)
        log.parent.mkdir(exist_ok=True)
        if _is_postgres(service):
            running = await self._postgres(service, address, command, environment, log)
        else:
            with log.open("ab") as file:
                process = await asyncio.create_subprocess_exec(
                    *_program(command), env=environment, cwd=home, stdin=DEVNULL, stdout=file, stderr=file
                )
            running = Running(service, address, process, environment, log)
        self.running[service.name, number] = running
        return running

    async def _healthy(self, running: Running) -> None:
        check = [self._here(each, running.service, running.address, {}) for each in running.service.health]
        async with asyncio.timeout(SECONDS):
            while True:
                assert running.process.returncode is None, (
                    f"{running.service.name} ended:\n{running.log.read_text('utf-8', 'replace')}"
                )
                asked = await asyncio.create_subprocess_exec(
                    *_program(check), env=running.environment, stdout=DEVNULL, stderr=DEVNULL
                )
                if await asked.wait() == 0:
                    return
                await asyncio.sleep(0.5)

    async def _postgres(
        self, service: Service, address: str, command: list[str], environment: dict[str, str], log: Path
    ) -> Running:
        """What the image does: a new cluster, the server, the scripts of the folder for them."""
        [store] = [mount for mount in service.mounts if mount.target == "/var/lib/postgresql"]
        [scripts] = [mount for mount in service.mounts if mount.target == "/docker-entrypoint-initdb.d"]
        data = self.volume(store.source) / "18"
        programs, user = await asyncio.to_thread(new_cluster, data)
        (data / "pg_hba.conf").write_text(_HBA)
        with log.open("ab") as file:
            process = await asyncio.create_subprocess_exec(
                programs / command[0],
                *("-D", data, "-k", data, f"--listen_addresses={address}", "--fsync=off"),
                *command[1:],
                cwd=data,
                user=user,
                group=user,
                extra_groups=[] if user else None,
                stdin=DEVNULL,
                stdout=file,
                stderr=file,
            )
        tools = {
            **environment,
            "PATH": f"{programs}:{environment['PATH']}",
            "PGHOST": str(data),
            "PGUSER": "postgres",
        }
        for script in sorted(self.volume(scripts.source).glob("*.sh")):
            await _carried_out([programs / "pg_isready", "--quiet"], tools, until_it_does=True)
            await _carried_out(["bash", script], tools)
        return Running(service, address, process, {**environment, "PATH": tools["PATH"]}, log)

    def _here(self, text: str, service: Service, address: str, paths: Mapping[str, str]) -> str:
        """A text of the file as it must be on this machine."""
        for target in sorted(paths, key=len, reverse=True):
            text = re.sub(rf"(?<![\w./-]){re.escape(target)}(?![\w.-])", paths[target], text)
        text = re.sub(r"\b(0\.0\.0\.0|127\.0\.0\.1)\b", address, text)
        for other in self._services.values():
            if service.networks & other.networks:
                text = re.sub(rf"(?<![\w.-]){other.name}(?=:\d)", self._addresses[other.name, 0], text)
        return text

    def _laid(self, mount: Mount, address: str) -> Path:
        """What a container finds at a path: a volume, or a file of the repository with addresses of here."""
        source = self.volume(mount.source)
        if not source.is_file():
            source.mkdir(parents=True, exist_ok=True)
            return source
        copy = self._folder / "files" / address / source.name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, copy)
        copy.write_text(re.sub(r"\b(0\.0\.0\.0|127\.0\.0\.1)\b", address, copy.read_text("utf-8")), "utf-8")
        return copy

    def _log(self, service: str, number: int) -> Path:
        return self._folder / "logs" / f"{service}-{number}.log"


@contextmanager
def _open_folder() -> Iterator[Path]:
    """Not pytest's own folder: it is closed to other users, such as PostgreSQL's."""
    with TemporaryDirectory(prefix="beside-top-") as name:
        folder = Path(name).resolve()
        folder.chmod(0o755)
        yield folder


@asynccontextmanager
async def machine(profile: str, environment: Mapping[str, str], **own: str) -> AsyncIterator[Machine]:
    """A machine with a name server and nothing started; all that was started is ended at the end."""
    async with AsyncExitStack() as stack:
        here = Machine(stack.enter_context(_open_folder()), profile, environment, own)
        host, port = here.resolvers.split(":")
        transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(
            lambda: Names(here.found), local_addr=(host, int(port))
        )
        stack.callback(transport.close)
        stack.push_async_callback(here.down)
        yield here


def _is_postgres(service: Service) -> bool:
    return service.image.startswith("postgres:")


def _program(command: list[str]) -> list[str]:
    """The command with this machine's program."""
    name, *arguments = command
    match name:
        case "python":
            return [sys.executable, *arguments]
        case "wget":  # a container's smallest tool; not every machine has it
            return [sys.executable, "-c", _FETCH, arguments[-1]]
        case "beside" | "caddy" | "nats-server":
            return [str(_SCRIPTS / name), *arguments]
    return command


async def _carried_out(
    command: list[str | Path], environment: Mapping[str, str], *, until_it_does: bool = False
) -> None:
    async with asyncio.timeout(SECONDS):
        while True:
            process = await asyncio.create_subprocess_exec(*command, env=environment)
            if await process.wait() == 0:
                return
            assert until_it_does, f"{command[-1]} failed"
            await asyncio.sleep(0.05)
