"""A client's own pages, shared bit by bit."""

from playwright.async_api import expect

from tests.browser.people import Client, Peer
from tests.browser.tour.way import Way


async def my_page(way: Way, client: Client, mara: Peer) -> None:
    """Lines, some of them picked, one shared, all of it kept with the code."""
    lines = way.own(
        "the bus was late and i|i felt like a kid again|anyway it was only a bus",
        "el camión llegó tarde y yo|me sentí como de niña otra vez|total, era solo un camión",
    ).split("|")
    await client.shows("My page")
    await client.box("Write here, just for you").fill("\n".join(lines))
    await way.stop("client-my-page", client.page)
    await client.page.get_by_role("checkbox", name=lines[1], exact=True).check()
    await client.sees("{peer} will see only this:", peer="Mara")
    await way.stop("client-my-page-picked", client.page)
    await client.press("Share these lines")
    await client.sees("What you shared")
    await mara.reads(lines[1])
    await way.stop("client-my-page-shared", client.page)
    await client.press("Keep with my code")
    await client.sees("Kept. Your seven words bring it back. Without them, no one can.")
    await way.stop("client-kept", client.page)
    await client.closes_panel()
    await client.log.locator(".shared").last.scroll_into_view_if_needed()
    await way.stop("client-talk-page-shared", client.page)
    await way.stop("peer-page-shared", mara.page)


async def drawing(way: Way, client: Client, mara: Peer) -> None:
    """Lines by hand, stamps by taps, words beside it; shared."""
    await client.shows("Draw")
    board = client.page.locator(".board")
    await board.scroll_into_view_if_needed()
    box = await board.bounding_box()
    assert box is not None
    mouse = client.page.mouse
    for way_of_hand in (((0.1, 0.7), (0.4, 0.5), (0.9, 0.7)), ((0.2, 0.85), (0.8, 0.85))):
        points = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in way_of_hand]
        await mouse.move(*points[0])
        await mouse.down()
        for point in points[1:]:
            await mouse.move(*point, steps=4)
        await mouse.up()
    await expect(board.locator("path")).to_have_count(2)
    await way.stop("client-draw", client.page)
    await client.press("Stamps")
    await client.press("Row {row}, place {place}", row=2, place=4)
    await client.box("Say it in words, if you like").fill(
        way.own("a roof, and a stone", "un techo y una piedra")
    )
    await way.stop("client-draw-stamps", client.page)
    await client.press("Share up to this step")
    await expect(mara.log.locator(".shared-drawing svg")).to_be_visible()
    await client.closes_panel()
    await client.log.locator(".shared").last.scroll_into_view_if_needed()
    await way.stop("client-talk-drawing-shared", client.page)
    await way.stop("peer-drawing-shared", mara.page)


async def our_page(way: Way, client: Client, mara: Peer) -> None:
    """A page that both write on."""
    await client.shows("Our page")
    await way.stop("client-our-page-not-yet", client.page)
    await client.press("Start our page")
    await adds(client, way.own("what was good", "lo que estuvo bien"))
    await mara.page.locator(".room-acts").get_by_role("button", name=way.words("Our page")).click()
    await adds(mara, way.own("the soup?", "¿la sopa?"))
    await expect(client.page.locator(".our-words")).to_have_count(2)
    await way.stop("client-our-page", client.page)
    await way.stop("peer-our-page", mara.page)
    await client.closes_panel()
    await adds(mara, way.own("and tomorrow?", "¿y mañana?"))
    await client.sees("{peer} wrote on our page.", peer="Mara")
    await way.stop("client-our-page-news", client.page)
    await client.press("Look at it")
    await client.closes_panel()
    await mara.closes_panel()


async def steps(way: Way, client: Client, mara: Peer) -> None:
    """Steps that the client names, one of them shown and nodded to."""
    slept = way.own("i slept six hours", "dormí seis horas")
    await client.shows("Name a step I took")
    for step in (slept, way.own("i told nobody this", "esto no se lo dije a nadie")):
        await client.box("A step, in my own words").fill(step)
        await client.press("Add it")
    await client.button("Show {peer}", peer="Mara").first.click()
    await mara.opens_acts(slept)
    await mara.entry(slept).get_by_role("button", name=way.words("Nod"), exact=True).click()
    await expect(client.page.locator(".step-line")).to_contain_text(way.words("{peer} nodded.", peer="Mara"))
    await way.stop("client-steps", client.page)
    await client.closes_panel()


async def adds(person: Client | Peer, line: str) -> None:
    """One line on the page of both."""
    await person.box("A new line").fill(line)
    await person.press("Add")
    await expect(person.page.locator(".our-words").get_by_text(line, exact=True)).to_be_visible()
