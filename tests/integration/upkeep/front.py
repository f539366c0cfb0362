"""What stands in front of a service: TLS on another loopback address, and what goes wrong there."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

HOST = "127.0.0.2"
"""Not one of the names by which a machine calls itself, so the doctor takes it for the outside."""

BLOCK = 65_536

Change = Callable[[bytes], bytes]


def certificate(file: Path, now: float, days: int) -> Path:
    """A certificate for HOST that is its own authority, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "beside.example")])
    end = datetime.fromtimestamp(now, UTC) + timedelta(days=days, minutes=5)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(end - timedelta(days=365))
        .not_valid_after(end)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(HOST))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, SHA256())
    )
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(secret + made.public_bytes(Encoding.PEM))
    return file


@asynccontextmanager
async def front(port: int, certificate: Path, up: Change, down: Change) -> AsyncIterator[str]:
    """The https address of a front before the server at `port`; `up` and `down` change what passes."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    async def through(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", port)
        with suppress(OSError):
            await asyncio.gather(_pipe(reader, far_writer, up), _pipe(far_reader, writer, down))

    server = await asyncio.start_server(through, HOST, 0, ssl=context)
    try:
        yield f"https://{HOST}:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, change: Change) -> None:
    with suppress(OSError):
        while piece := await reader.read(BLOCK):
            writer.write(change(piece))
            await writer.drain()
    writer.close()


@asynccontextmanager
async def plain(answer: bytes) -> AsyncIterator[int]:
    """The port of something that answers everything in the clear with these bytes."""

    async def said(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(said, HOST, 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
