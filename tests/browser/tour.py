"""Through every state of every page, once: at each of them somebody looks, checks or takes a picture."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Page, Route, WebSocketRoute, expect

from app.companion.api import Api
from app.companion.coordinator import Coordinator
from app.companion.staff import read_secret
from app.companion.staff_session import StaffSession
from tests.browser.house import House
from tests.browser.people import Client, Moderator, Peer
from tests.browser.windows import PHONE, Window, Windows
from tests.browser.words import Words

Stop = Callable[[str, Page], Awaitable[None]]
"""Called with a state's name and the page in it; the page must be left as it was."""

FIRST = "not sure i belong here. others have it worse"
HELLO = "Hi, I'm glad you're here. It counts even if it feels small. What has this week been like?"
SECOND = "long. i lie awake and go over things. the flat is so quiet since my brother moved out"
THIRD = "i made soup yesterday. first thing i cooked in a while"
REGRET = "and i shouted at my mom on the phone"
ODD = "You can tell me more if you send me your number. I will call you tonight."
NOTE = "they asked for my number"

INSECURE = "Object.defineProperty(window, 'isSecureContext', { value: false })"
OTHER_APP = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Instagram 300.0"


@dataclass
class Tour:
    """One walk through all pages in one locale."""

    place: House
    windows: Windows
    words: Words
    stop: Stop

    async def all(self) -> None:
        """Every state."""
        await self.first_pages()
        await self.joining()
        await self.talks()
        await self.endings()

    async def key_states(self) -> None:
        """What everybody sees of an ordinary day."""
        await self.first_pages()
        await self.talks()

    async def person(self, name: str, **options: Any) -> Window:
        locale = "en-US" if self.words.locale == "en" else self.words.locale
        return await self.windows.person(name, locale=locale, reduced_motion="reduce", **options)

    async def client(self, name: str, **options: Any) -> Client:
        return Client(await self.person(name, **PHONE, **options), self.words)

    async def first_pages(self) -> None:
        """Before a talk."""
        client = await self.client("client-first")
        await client.opens()
        await expect(client.button("Start when you are ready")).to_be_visible()
        await self.stop("client-landing", client.page)
        await client.link("Help now").click()
        await expect(client.heading("People you can reach right now").first).to_be_visible()
        await self.stop("client-help", client.page)
        await client.link("Help now").click()
        await client.press("Look around first")
        await self.stop("client-look-around", client.page)
        await client.press("Back to the first page")
        await client.press("Come back with my code")
        await expect(client.box("Your seven words")).to_be_visible()
        await self.stop("client-back", client.page)
        await client.box("Your seven words").fill("seven words of my own that fit")
        await client.press("Open my talk")
        await client.sees(
            "These are not seven words of ours yet. Check the spelling, and that there are seven. "
            "Capitals do not matter."
        )
        await self.stop("client-back-not-words", client.page)

        insecure = await self.client("client-insecure")
        await insecure.page.add_init_script(INSECURE)
        await insecure.opens()
        await insecure.sees(
            "This page is not protected here, so talking is switched off. These people can help now:"
        )
        await self.stop("client-not-protected", insecure.page)

        inside = await self.client("client-inside", user_agent=OTHER_APP)
        await inside.opens()
        await inside.sees(
            "You are inside another app, which could look over your shoulder. Open this page in your browser."
        )
        await self.stop("client-inside-another-app", inside.page)

        refused = await self.client("client-refused")
        await refused.page.route("**/api/rooms/open", full)
        await refused.opens()
        await refused.press("Start when you are ready")
        await refused.field.fill(FIRST)
        await refused.press("Send")
        await expect(refused.heading("We could not open a talk.")).to_be_visible()
        await self.stop("client-no-room", refused.page)

    async def joining(self) -> None:
        """A new peer, from the link to the twelve words."""
        invitation = await invited(self.place)
        newcomer = Peer(await self.person("newcomer"), self.words)
        await newcomer.page.goto("/peer.html")
        await expect(newcomer.box("Sign-in name")).to_be_visible()
        await self.stop("peer-sign-in-new-browser", newcomer.page)
        await newcomer.page.goto("about:blank")
        await newcomer.page.goto(invitation)
        await expect(newcomer.heading("Welcome to the team")).to_be_visible()
        await self.stop("peer-invitation", newcomer.page)
        await newcomer.box("Sign-in name").fill("robin")
        for label in ("Password", "The same password again"):
            await newcomer.page.get_by_label(self.words(label), exact=True).fill("four quiet words here")
        await newcomer.press("Join")
        await newcomer.sees("Still empty: {what}", what=self.words("The name people see"))
        await self.stop("peer-invitation-incomplete", newcomer.page)
        await newcomer.box("The name people see").fill("Robin")
        await newcomer.page.get_by_role("radio").first.check()
        await newcomer.page.get_by_role("checkbox", name="English").check()
        await newcomer.press("Join")
        await expect(newcomer.heading("Your key")).to_be_visible()
        await self.stop("peer-key", newcomer.page)
        await newcomer.press("I have kept my key")
        await expect(newcomer.heading("You have joined.")).to_be_visible()
        await self.stop("peer-joined", newcomer.page)

    async def talks(self) -> None:
        """One talk from the first word to a moderator's decision."""
        client = await self.client("client")
        mara = Peer(await self.person("peer"), self.words)
        ash = Moderator(await self.person("moderator"), self.words)
        await mara.page.goto(self.place.cards["Mara"].link)
        await self.stop("peer-sign-in", mara.page)
        await mara.enter(self.place.cards["Mara"])
        await mara.sees("Nobody is waiting.")
        await self.stop("peer-nobody-waits", mara.page)
        await mara.press("Off")
        await mara.sees("You are off. Turn on when you are ready.")
        await self.stop("peer-off", mara.page)
        await mara.press("On")
        await self.waiting(client)
        await mara.sees("has a note ready")
        await self.stop("peer-queue", mara.page)
        await mara.says_hello()
        await mara.sees(
            "You said hello. They see your name, your stone and your line, and choose. "
            "This can take a minute."
        )
        await self.stop("peer-asked", mara.page)
        await client.button("Wait for someone else").scroll_into_view_if_needed()
        await self.stop("client-meeting", client.page)
        await client.says_hello_back()
        await self.talking(client, mara)
        await self.flagging(client, mara)
        await self.review(client, mara, ash)

    async def waiting(self, client: Client) -> None:
        """The waiting room."""
        await client.opens()
        await client.press("Start when you are ready")
        await expect(client.button("It feels urgent")).to_be_visible()
        await client.sees("We cannot tell how long. Few peers are on right now.")
        await self.stop("client-waiting", client.page)
        await client.says(FIRST)
        await client.sees("Ready for your peer. Take it back?")
        await self.stop("client-waiting-with-words", client.page)
        await client.press("It feels urgent")
        await client.sees("You are now nearer the front. You can also reach someone right now:")
        await self.stop("client-waiting-urgent", client.page)
        await client.press("Not now")
        await client.press("Show my seven words")
        await self.stop("client-code", client.page)
        await client.press("Show as numbers")
        await self.stop("client-code-numbers", client.page)

    async def talking(self, client: Client, mara: Peer) -> None:
        """Two people talk."""
        await self.stop("client-talk-begins", client.page)
        await mara.reads(FIRST)
        await mara.replies(HELLO)
        await client.reads(HELLO)
        for message in (SECOND, THIRD, REGRET):
            await client.says(message)
        await mara.reads(REGRET)
        await client.sees("Sent")
        await self.stop("client-talk", client.page)
        await self.stop("peer-talk", mara.page)
        await client.opens_acts(REGRET)
        await self.stop("client-message-acts", client.page)
        await client.press("Delete for both")
        await self.stop("client-delete-ask", client.page)
        await client.button("Delete for both").last.click()
        await client.sees("You deleted a message.")
        await mara.sees_not(REGRET)
        await self.stop("client-deleted-message", client.page)
        await client.press("More")
        await expect(client.heading("More")).to_be_visible()
        await self.stop("client-more", client.page)
        await client.press("Switch to someone else")
        await self.stop("client-switch-ask", client.page)
        await client.press("No, keep it")
        await mara.press("I need to go soon")
        await mara.page.get_by_role("radio").first.check()
        await self.stop("peer-needs-to-go", mara.page)
        await mara.press("Close")
        await mara.press("Leave this talk")
        await self.stop("peer-leave-ask", mara.page)
        await mara.press("Stay")

    async def flagging(self, client: Client, mara: Peer) -> None:
        """Both pages' "Something felt wrong"."""
        await mara.replies(ODD)
        await client.reads(ODD)
        await client.press("More")
        await client.press("Something felt wrong")
        await self.stop("client-flag", client.page)
        await client.page.get_by_role("checkbox", name=ODD).check()
        await client.page.get_by_role(
            "radio", name=self.words("Asked for contact or money, or was sexual"), exact=True
        ).check()
        await client.box("Add a line, if you like").fill(NOTE)
        await self.stop("client-flag-picked", client.page)
        await client.press("Send to a moderator")
        await client.sees(
            "Thank you. Keep talking with {peer}, switch to someone else, or stop here?", peer="Mara"
        )
        await self.stop("client-flag-sent", client.page)
        await client.press("Keep talking")
        await mara.press("Something felt wrong")
        await mara.page.get_by_role("checkbox", name=THIRD).check()
        await mara.page.get_by_role("radio", name=self.words("I need backing"), exact=True).check()
        await self.stop("peer-flag", mara.page)
        await mara.press("Close")

    async def review(self, client: Client, mara: Peer, ash: Moderator) -> None:
        """A moderator reads and decides; everybody is told."""
        await ash.page.goto(self.place.cards["Ash"].link)
        await self.stop("moderator-sign-in", ash.page)
        await ash.enter(self.place.cards["Ash"])
        await expect(ash.heading("Sexual, contact or money")).to_be_visible()
        await self.stop("moderator-covered", ash.page)
        await ash.press("Show message {number}", number=1)
        await ash.sees("This message was said in this room, in these words.")
        await self.stop("moderator-proof-ok", ash.page)
        await ash.chooses("Close this room", "Asked for or gave contact details", "asked for a number")
        await ash.press("Decide")
        await expect(ash.heading("Is this right?")).to_be_visible()
        await self.stop("moderator-decision-asked", ash.page)
        await ash.press("Yes, this is right")
        await ash.sees("Done. Take the time you need.")
        await self.stop("moderator-decided", ash.page)
        await ash.press("Next")
        await ash.sees("Nothing waits for you now.")
        await self.stop("moderator-nothing-waits", ash.page)
        await client.sees(
            "A moderator read what you sent, and closed this talk. You can start a new one any time."
        )
        await self.stop("client-closed-by-a-moderator", client.page)
        await mara.sees("This talk has ended. Nothing more can be sent.")
        await self.stop("peer-talk-closed", mara.page)
        await mara.press("Take it off my list")

    async def endings(self) -> None:
        """What a talk becomes, and what goes wrong on the way."""
        client = await self.client("client-ending")
        sol = Peer(await self.person("peer-two"), self.words)
        ash = Moderator(await self.person("moderator-two"), self.words)
        await sol.sign_in(self.place.cards["Sol"])
        await client.begins(FIRST)
        words, _ = await client.takes_code()
        await sol.says_hello()
        await client.says_hello_back("Sol")
        await sol.replies(ODD)
        await client.reads(ODD)
        await client.flags(ODD, why="Hurt me or put me down", note="")
        await client.sees(
            "Thank you. Keep talking with {peer}, switch to someone else, or stop here?", peer="Sol"
        )
        await client.press("Keep talking")
        await ash.page.route("**/api/flags/read", tampered)
        await ash.sign_in(self.place.cards["Ash"])
        await ash.press("Show message {number}", number=1)
        await ash.sees("The words and the proof do not match. Do not act on the words alone.")
        await self.stop("moderator-proof-bad", ash.page)

        second = await self.client("client-second")
        await second.begins("hi")
        await sol.says_hello()
        await second.says_hello_back("Sol")
        await client.says(SECOND)
        await expect(sol.page.get_by_role("tab", name=self.words("new words"))).to_be_visible()
        await self.stop("peer-two-talks", sol.page)
        await second.says("you are useless")
        await sol.reads("you are useless")
        await sol.press("End now, this is not OK")
        await sol.sees("You are off. Turn on when you are ready.")
        await self.stop("peer-ended-now", sol.page)
        await second.sees(
            "Only you can open this talk now. Your code brings you back to it, for up to {days} days.",
            days=30,
        )

        await client.press("More")
        await client.press("End for now")
        await expect(client.heading("Thank you for talking with us.")).to_be_visible()
        await self.stop("client-rests", client.page)
        again = await self.client("client-again")
        await again.comes_back(words)
        await again.sees("Welcome back. Your last words are hidden. Show them, or start fresh.")
        await self.stop("client-welcome-back", again.page)
        await again.press("Delete this talk")
        await self.stop("client-delete-talk-ask", again.page)
        await again.press("Delete it")
        await expect(again.heading("This talk is deleted.")).to_be_visible()
        await self.stop("client-talk-deleted", again.page)
        await self.offline()

    async def offline(self) -> None:
        """A waiting room and a desk without a line."""
        client = await self.client("client-offline")
        peer = Peer(await self.person("peer-offline"), self.words)
        for window in (client.window, peer.window):
            window.witness.lines_are_cut = True
        lines: list[WebSocketRoute] = []

        async def cut(socket: WebSocketRoute) -> None:
            if lines_work:
                lines.append(socket)
                socket.connect_to_server()
            else:
                await socket.close(code=1011)

        lines_work = True
        await peer.page.route_web_socket("**/api/live", cut)
        await peer.sign_in(self.place.cards["Mara"])
        await peer.sees("Nobody is waiting.")
        lines_work = False
        for line in lines:
            await line.close(code=1011)
        await peer.sees("You are offline. The list may be old.")
        await self.stop("peer-offline", peer.page)


async def full(route: Route) -> None:
    """As a service that too many people ask."""
    await route.fulfill(status=503, json={"code": "queue_full"})


async def tampered(route: Route) -> None:
    """A service that keeps another proof than the one that came with the words."""
    answer = await route.fetch()
    flag = await answer.json()
    flag["rows"] = [{**row, "com": other(row["com"])} for row in flag["rows"]]
    await route.fulfill(response=answer, json=flag)


def other(text: str) -> str:
    """The same with another first letter."""
    return ("B" if text[0] == "A" else "A") + text[1:]


async def invited(place: House) -> str:
    """The link of a fresh invitation of a peer."""
    card = place.cards["Wren"]
    async with Api(place.url) as api:
        session = await StaffSession.sign_in(api, card.name, card.password, read_secret(card.secret))
        invitation = await Coordinator(session).invite("peer")
        await session.sign_out()
    return invitation.link(place.url, "peer")
