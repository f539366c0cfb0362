"""What `docker compose up` starts without a word more: one container, whole in itself."""

import httpx

from tests.topology.machine import SECONDS, machine


async def test_one_container_serves_both_houses_and_keeps_what_it_has() -> None:
    async with machine("embedded", {}) as here:
        await here.up()
        assert here.begun == ["beside"]
        async with httpx.AsyncClient(
            base_url=f"http://{here.address('beside')}:8000", timeout=SECONDS
        ) as client:
            assert (await client.get("/")).status_code == 200
            assert (await client.get("/api/service")).status_code == 200
            assert (await client.get("/api/staff/unknown")).json() == {"code": "unknown"}
            assert (await client.get("/metrics")).status_code == 404
        assert await here.end("beside", 0) in (0, -15)
        kept = {file.name for file in here.volume("data").iterdir()}
        assert {"identity.sqlite", "conversations.sqlite", "identity.keys", "conversations.keys"} <= kept
        # Nobody else on the machine reads any of it.
        assert not [file for file in here.volume("data").iterdir() if file.stat().st_mode & 0o077]
