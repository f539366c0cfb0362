"""Two people talk, at the pace of the one who came."""

from playwright.async_api import expect

from tests.browser.between import Between
from tests.browser.people import Client, Peer
from tests.browser.tour.way import Way


async def pacing(way: Way, client: Client, mara: Peer) -> None:
    """The pace, what would help, a name; then a question left out, and one left for another time."""
    await way.stop("client-talk-begins", client.page)
    await client.press("Pace: slowly")
    await way.stop("client-pace", client.page)
    await client.choice("Ask me things. Questions help me.").check()
    await expect(client.button("Pace: ask me")).to_be_visible()
    await way.stop("client-pace-chosen", client.page)
    await client.press("Pace: ask me")
    await client.press("More")
    await client.press("What would help, and your name here")
    await client.choice("Company for a while").check()
    name = client.box("What can your peer call you? Any word will do. You can skip this.")
    await name.fill("River")
    await name.press("Enter")
    await way.stop("client-need-and-name", client.page)
    await client.closes_panel()
    await mara.sees("Call them {name}", name="River")
    await way.stop("peer-signs", mara.page)
    when = way.own("What has this week been like?", "¿Cómo ha sido esta semana para ti?")
    await mara.replies(when)
    await client.reads(when)
    await way.stop("client-question", client.page)
    await client.press("Not ready for that")
    await client.sees("{peer} knows. You can bring it up again if you ever want to.", peer="Mara")
    await way.stop("client-not-ready", client.page)
    await mara.sees("They said: not ready for that")
    await way.stop("peer-not-ready", mara.page)
    other = way.own("Would some quiet be good?", "¿Ayudaría un rato de silencio?")
    await mara.replies(other)
    await client.reads(other)
    await client.press("Skip")
    await client.sees("Skipped. {peer} knows, and that is fine.", peer="Mara")
    await mara.sees("They said: skip this")
    await way.stop("peer-skipped", mara.page)


async def talking(way: Way, client: Client, mara: Peer, service: Between) -> None:
    """Words, signs without words, a pause."""
    hello = way.own(
        "I'm glad you're here. It counts even if it feels small.",
        "Qué bueno que estás aquí. Cuenta, aunque parezca poco.",
    )
    long = way.own(
        "long. i lie awake and go over things. the flat is so quiet since my brother moved out",
        "larga. me quedo sin dormir y le doy vueltas a todo. la casa está muy callada sin mi hermano",
    )
    soup = way.own(
        "i made soup yesterday. first thing i cooked in a while", "ayer hice sopa, hace mucho que no"
    )
    regret = way.own("and i shouted at my mom on the phone", "y le grité a mi mamá por teléfono")
    await mara.replies(hello)
    await client.reads(hello)
    for message in (long, soup, regret):
        await client.says(message)
    await mara.reads(regret)
    await client.sees("Sent")
    await way.stop("client-talk", client.page)
    await way.stop("peer-talk", mara.page)
    await mara.opens_acts(soup)
    await way.stop("peer-message-acts", mara.page)
    await mara.entry(soup).get_by_role("button", name=way.words("Nod"), exact=True).click()
    await mara.press("I'm here, no rush")
    await client.sees("{peer} is here. No rush.", peer="Mara")
    await expect(client.entry(soup)).to_contain_text(way.words("{peer} nodded.", peer="Mara"))
    await way.stop("client-nodded", client.page)
    await service.tell_of_writing()
    await client.sees("{peer} is writing a longer reply.", peer="Mara")
    await way.stop("client-peer-writes", client.page)
    quiet = way.own("That sounds heavy, and very quiet.", "Suena pesado, y muy callado.")
    await mara.replies(quiet)
    await client.reads(quiet)
    await client.press("Pause")
    await way.stop("client-pause", client.page)
    await client.press("Step away for a while")
    await client.sees("Paused. Nothing is expected of you. {peer} knows.", peer="Mara")
    await way.stop("client-paused", client.page)
    await mara.sees("They stepped away for a while. Nothing is expected of you.")
    await way.stop("peer-paused", mara.page)
    await client.press("I am back")
    await client.field.fill(" ".join([long] * 6))
    await way.stop("client-long-draft", client.page)
    await client.field.fill("")
    await client.opens_acts(regret)
    await way.stop("client-message-acts", client.page)
    await client.press("Delete for both")
    await way.stop("client-delete-ask", client.page)
    await client.button("Delete for both").last.click()
    await client.sees("You deleted a message.")
    await expect(mara.note(regret)).to_have_count(0)
    await way.stop("client-deleted-message", client.page)


async def ways_out(way: Way, client: Client, mara: Peer) -> None:
    """More, somebody else, and a peer who needs to go."""
    await client.press("More")
    await expect(client.heading("More")).to_be_visible()
    await way.stop("client-more", client.page)
    await client.press("Switch to someone else")
    await way.stop("client-switch-ask", client.page)
    await client.press("No, keep it")
    await mara.press("I need to go soon")
    await mara.page.locator(".panel").get_by_role("radio").first.check()
    await way.stop("peer-needs-to-go", mara.page)
    await mara.closes_panel()
    await mara.press("Leave this talk")
    await way.stop("peer-leave-ask", mara.page)
    await mara.press("Stay")
