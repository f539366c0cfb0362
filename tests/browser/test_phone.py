"""An ordinary phone: reloads, tabs that are thrown away, sockets that are blocked, tunnels, a wrong date."""

from datetime import UTC, datetime, timedelta

from playwright.async_api import WebSocketRoute, expect

from tests.browser.house import LEAVE_URL, House
from tests.browser.people import Client, meet
from tests.browser.windows import PHONE, Window, Windows
from tests.faults.tunnel import tunnelled

FIRST = "my brother moved out and the flat got very quiet"
BACK = "Welcome back. Your last words are hidden. Show them, or start fresh."


async def test_a_reload_within_ten_minutes_goes_on_with_the_words_hidden(
    place: House, windows: Windows
) -> None:
    client = Client(await windows.person("client", **PHONE))
    _, mara = await meet(place, windows, FIRST, client)
    await mara.replies("take your time")
    await client.reads("take your time")
    await client.page.reload()
    await client.sees(BACK)
    assert FIRST not in await client.page.content()
    await client.press("Show them")
    await client.reads(FIRST)
    await client.reads("take your time")
    # Past words are not read out again.
    assert not [line for line in await client.heard() if "take your time" in line]
    await client.says("i am back")
    await mara.reads("i am back")
    # The code is not kept on the device.
    await client.press("More")
    await client.press("My code")
    await client.sees(
        "The page was loaded again, so we can no longer show your code. Words you wrote down still work."
    )


async def test_ten_minutes_after_the_last_use_nothing_is_found_any_more(windows: Windows) -> None:
    client = Client(await windows.person("client", **PHONE))
    await client.begins(FIRST)
    await client.page.goto(LEAVE_URL)
    await client.page.clock.set_system_time(datetime.now(UTC) + timedelta(minutes=11))
    await client.opens()
    await expect(client.button("Start when you are ready")).to_be_visible()
    assert FIRST not in await client.page.content()
    assert await client.page.evaluate("sessionStorage.length") == 0


async def test_a_tab_that_was_thrown_away_goes_on(place: House, windows: Windows) -> None:
    client = Client(await windows.person("client", **PHONE))
    _, mara = await meet(place, windows, FIRST, client)
    again = Client(await thrown_away(windows, client))
    await again.opens()
    await again.sees(BACK)
    await again.says("the phone had no room")
    await mara.reads("the phone had no room")


async def thrown_away(windows: Windows, client: Client) -> Window:
    """A tab that a phone threw away and brings back: no event told the page, its session storage is there."""
    kept = await client.page.evaluate("JSON.stringify(sessionStorage)")
    window = await windows.person("client-again", **PHONE)
    await window.page.add_init_script(f"Object.assign(sessionStorage, {kept})")
    await client.window.context.close()
    windows.open.remove(client.window)
    return window


async def test_words_go_both_ways_where_sockets_are_blocked(place: House, windows: Windows) -> None:
    client = Client(await windows.person("client", **PHONE))
    client.window.witness.lines_are_cut = True
    await client.page.route_web_socket("**/api/live", refuse)
    _, mara = await meet(place, windows, FIRST, client)
    await mara.replies("slow lines are fine")
    await client.reads("slow lines are fine")
    await client.says("good")
    await mara.reads("good")
    await client.sees("Sent")


async def refuse(socket: WebSocketRoute) -> None:
    """As a network that lets no socket through."""
    await socket.close(code=1011)


async def test_a_minute_in_a_tunnel_loses_and_repeats_nothing(place: House, windows: Windows) -> None:
    async with tunnelled(place.served) as (tunnel, far):
        client = Client(await windows.person("client", far.url, **PHONE))
        client.window.witness.lines_are_cut = True
        await client.page.clock.install()
        _, mara = await meet(place, windows, FIRST, client)
        tunnel.enter()
        await client.says("sent in the tunnel")
        await client.field.fill("a draft that stays")
        await tunnel.swallowed()
        await client.page.clock.run_for("01:00")
        await client.sees("You are offline. Keep writing. It goes when you are back.")
        await client.sees("Waiting to send")
        tunnel.leave(late=False)
        await client.page.clock.run_for("00:40")
        await client.sees("You are back online. Everything is sent.")
        await mara.reads("sent in the tunnel")
        await client.sees("Sent")
        await expect(client.note("sent in the tunnel")).to_have_count(1)
        await expect(client.field).to_have_value("a draft that stays")
        heard = await client.heard()
        assert heard.count(client.words("You are offline. Keep writing. It goes when you are back.")) == 1
        assert heard.count(client.words("You are back online. Everything is sent.")) == 1
        assert not [line for line in heard if "sent in the tunnel" in line]
        assert [line for line in await mara.heard() if "sent in the tunnel" in line] == [
            mara.words("{room}: {text}", room=mara.talk(), text="sent in the tunnel")
        ]


async def test_a_wrong_date_is_named_with_what_to_do(windows: Windows) -> None:
    client = Client(await windows.person("client", **PHONE))
    await client.page.clock.set_fixed_time(datetime.now(UTC) + timedelta(days=90))
    await client.opens()
    await client.press("Start when you are ready")
    await client.sees(
        "The date on this device is more than a day off. Set it, so that we can check our list of peers."
    )
