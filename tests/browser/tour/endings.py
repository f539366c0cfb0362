"""What a talk becomes, and what goes wrong on the way."""

from playwright.async_api import WebSocketRoute, expect

from tests.browser.people import Peer
from tests.browser.tour.review import odd, odd_proof
from tests.browser.tour.way import Way


async def endings(way: Way) -> None:
    """Two talks of one peer: one that she ends at once, one that rests, is come back to, and is deleted."""
    client = await way.client("client-ending")
    sol = Peer(await way.person("peer-two"), way.words)
    await sol.sign_in(way.place.cards["Sol"])
    await client.begins(way.own("others have it worse", "hay quien está peor"))
    words, _ = await client.takes_code()
    await sol.says_hello()
    await client.says_hello_back("Sol")
    await sol.replies(odd(way))
    await client.reads(odd(way))
    await client.flags(odd(way), why="Hurt me or put me down", note="")
    await client.sees(
        "Thank you. Keep talking with {peer}, switch to someone else, or stop here?", peer="Sol"
    )
    await client.press("Keep talking")
    await odd_proof(way)

    second = await way.client("client-second")
    await second.begins(way.own("hi", "hola"))
    await sol.says_hello()
    await second.says_hello_back("Sol")
    await client.says(way.own("are you still there", "sigues ahí"))
    await expect(sol.page.get_by_role("tab", name=way.words("new words"))).to_be_visible()
    await way.stop("peer-two-talks", sol.page)
    useless = way.own("you are useless", "no sirves para nada")
    await second.says(useless)
    await sol.reads(useless)
    await sol.press("End now, this is not OK")
    await sol.sees("You are off. Turn on when you are ready.")
    await way.stop("peer-ended-now", sol.page)
    await second.sees(
        "Only you can open this talk now. Your code brings you back to it, for up to {days} days.",
        days=30,
    )
    await sol.press("Take it off my list")
    await sol.press("Shaken")

    await client.press("More")
    await client.press("End for now")
    await expect(client.heading("Thank you for talking with us.")).to_be_visible()
    await way.stop("client-rests", client.page)
    await sol.page.get_by_role("tab").click()
    await sol.press("Take it off my list")
    await sol.press("Shaken")
    await sol.sees("That was a lot for one shift. You can end it here. Nobody asks why.")
    await way.stop("peer-shaken-twice", sol.page)
    await sol.press("End my shift")

    again = await way.client("client-again")
    await again.comes_back(words)
    await again.sees("Welcome back. Your last words are hidden. Show them, or start fresh.")
    await way.stop("client-welcome-back", again.page)
    await again.press("Delete this talk")
    await way.stop("client-delete-talk-ask", again.page)
    await again.press("Delete it")
    await expect(again.heading("This talk is deleted.")).to_be_visible()
    await way.stop("client-talk-deleted", again.page)


async def offline(way: Way) -> None:
    """A desk without a line."""
    peer = Peer(await way.person("peer-offline"), way.words)
    peer.window.witness.lines_are_cut = True
    lines: list[WebSocketRoute] = []

    async def cut(socket: WebSocketRoute) -> None:
        if lines_work:
            lines.append(socket)
            socket.connect_to_server()
        else:
            await socket.close(code=1011)

    lines_work = True
    await peer.page.route_web_socket("**/api/live", cut)
    await peer.sign_in(way.place.cards["Mara"])
    await peer.sees("Nobody is waiting.")
    lines_work = False
    for line in lines:
        await line.close(code=1011)
    await peer.sees("You are offline. The list may be old.")
    await way.stop("peer-offline", peer.page)
