"""What the terminal says. The words are those of the pages: short, present tense, nobody is blamed."""

from datetime import UTC, datetime

from app.companion.answers import WaitState

LANDING = (
    "Talk with someone who has been through hard times too.",
    "Free. No name. No sign-up. You set the pace.",
    "Peers are trained to listen. They are not doctors or counselors.",
)
PROMISE_TITLE = "What we promise"
PROMISE = (
    "We do not ask who you are. We have no list of names to look in.",
    "Your words are locked before they leave this machine. Our peers can open them, and then only the one "
    "you talk with. The service itself cannot.",
    "You can pause, skip, delete or leave at any time. You never have to say why.",
)
LIMITS_TITLE = "The limits, so there are no surprises"
LIMITS = (
    "If you or your peer flag some words, a moderator can read those words, "
    "and so can one of the team whom they ask. They cannot open the rest.",
    "We do not know where you are, so we cannot send help to you. In danger now, call 911.",
    "Someone who watches this screen may see this talk. /leave wipes it. "
    "It does not clear your shell's history.",
    "While you wait, our server can read your language, if it feels urgent, and any wishes you pick. "
    "Until the talk is over, it can also read who you said no to.",
)
START = "Write, and press Enter. Or press Enter to wait first. /help shows what else you can do."

HELP_NOW_TITLE = "People you can reach right now"
HELP_NOW = (
    "Call or text 988. Free, day and night.",
    "Call 911 if anyone is in danger now.",
    "They are not part of Beside.",
)

WAIT_TITLE = "You are in. A peer will join you here."
WAIT_WRITE = "You can start writing. Nobody sees it until a peer joins. You can change it or take it back."
WAIT_UNSURE = "We cannot tell how long. Few peers are on right now."
WAIT_CLOSED = "We are closed now. You can write a note, or use Help now."
WAIT_CLOSED_UNTIL = "We are closed now. We open {when}, your time. You can write a note, or use Help now."
WAIT_NOBODY = "No peer is on right now. We cannot tell how long. You can wait, or leave a note."
WAIT_NO_LANGUAGE = "No one who speaks your language is on right now. You can wait, or leave a note."
WAIT_LONG = (
    "It is busy, and it may be over {minutes} minutes. "
    "You can wait, leave a note, or come back with your code."
)
WAIT_BACK = "You keep your place in line."

CODE_OFFER = "Want to come back to this talk? These seven words bring you back."
CODE_CARE = "Anyone with these words can open it. We cannot send them again, because we do not know them."
BACK_FIELD = "Your seven words"
BACK_CHECK = "Those words do not open a talk. Check the spelling. Capitals do not matter."
BACK_HELLO = "Welcome back. Your last words are hidden. Show them, or start fresh."

WANTED = {
    "handover": "{by} needs to go and asks if {who} may go on with you.",
    "company": "{by} asks if {who} may join you both.",
}
LET_IN = "{who} can read what is said from now on. /end-part {who} ends that at any time."
KEPT_OUT = "{who} does not join. Nobody asks about {who} again in this talk."
PART_ENDED = "{who} reads nothing that is said from now on."
ASKED_IN = {
    "handover": "{by} asks if you can go on in a talk of theirs.",
    "company": "{by} asks if you can join a talk of theirs.",
}

PAUSE_ON = "Paused. Nothing is expected of you. {peer} knows."
PAUSE_END = "You are back."
PACE_CHANGED = "Pace is now “{pace}”. {peer} can see this."
NOT_READY_DONE = "{peer} knows. You can bring it up again if you ever want to."
DELETE_ASK = (
    "Delete this from both sides? {peer} may have read it already. If it was flagged, the moderator keeps a "
    "copy. Type /delete again to do it."
)
CLOSE_ASK = "This ends the talk for good: nobody can write in it again. Type /close again to do it."
TAKEN_BACK = "You deleted a message."
TAKEN_BACK_BY = "{who} deleted a message."
END_TITLE = "Thank you for talking with us."
LEFT = "They left the page. That is always OK."
PEER_LOST = "{peer} lost connection. We are keeping your place."
PEER_WRITING = "{peer} is writing a longer reply."

SEND_SENT = "Sent"
SEND_WAITING = "Waiting to send"
SEND_NOT = "Not sent yet. Your words are still here."

NET_OFF = "You are offline. Keep writing. It goes when you are back."
NET_BACK = "You are back online."
NET_SENT = "You are back online. Everything is sent."
ERR_OPEN = "We could not open one message. It is nothing you did. {peer} can send it again."
ERR_CLOSED = "This talk is closed. You can start a new one any time."
ERR_OURS = "Something broke on our side. Your words are still here."
ERR_FULL = "Your note is too long to send at once. Send it in two parts."
ERR_STOPPED = (
    "Something in this talk does not fit together, so nothing more is sent here. It is nothing you did."
)
OLDER_COPY = (
    "The service went back to an older copy. Some of your words are no longer there. "
    "Type /go-on to go on under a new key."
)
CANNOT_SHOW = "(cannot be shown here)"
HIDDEN = "(earlier words, not shared with you)"

PACES = {"listen": "Just listen", "slowly": "Slowly", "ask": "Ask me things"}
NEEDS = {
    "heard": "Be heard",
    "ideas": "Ideas",
    "facts": "Facts, or places to go",
    "company": "Company for a while",
    "unsure": "I do not know yet",
}
PAUSES = {
    "here": "They are here, not writing.",
    "away": "They step away for a while.",
    "back": "They are back.",
}

SHIFTS = {
    "on": "You are on.",
    "finishing": "Nobody new is offered to you. You are off when your last talk ends.",
    "break": "You are on a break. Nobody is offered to you.",
    "off": "You are off.",
}

CODE_FIELD = "Code from your app (six digits)"

REFUSALS = {
    "unknown": "That did not work. Check what you typed.",
    "code_needed": "One more step: a code from your app.",
    "code_wrong": "That code does not fit. Each works once and lasts half a minute. Take the next one.",
    "unreachable": "The service does not answer. Check the address, or try again in a moment.",
    "not_beside": "There is no Beside service at this address.",
    "unavailable": ERR_OURS,
    "queue_full": "It is very busy. You can write a first note, or try again later.",
    "slow_down": "That was a little fast. Try again in a moment.",
    "closed": "We are closed now. No peer could read your words yet.",
    "slot_taken": "These seven words have had all their talks this month. Start with new words.",
    "dir_expired": "We cannot open a talk right now: the list of our peers is out of date.",
    "dir_signature": "We cannot open a talk right now: the list of our peers is not signed as it should be.",
    "dir_rollback": "We cannot open a talk right now: the list of our peers is an old one.",
    "clocks_differ": "This machine's date and the server's differ by more than a day. Nothing is signed.",
    "key_fork": ERR_STOPPED,
    "name_taken": "Somebody else signs in with this name. Choose another.",
    "malformed": "That does not have the right form. Check what you typed.",
}


def refusal(code: str) -> str:
    """A sentence for a code of the protocol."""
    return REFUSALS.get(code, ERR_OURS)


def ahead(number: int) -> str:
    """How many wait before this person."""
    match number:
        case 0:
            return "You are next."
        case 1:
            return "One person is ahead of you."
        case _:
            return f"{number} people are ahead of you."


def wait_told(wait: WaitState) -> str:
    """How long most people waited, where enough is known to say so, or why that says nothing now."""
    match wait.why:
        case "closed":
            if wait.opens is None:
                return WAIT_CLOSED
            opens = datetime.fromtimestamp(wait.opens, UTC).astimezone()
            return WAIT_CLOSED_UNTIL.format(when=f"{opens:%A %H:%M}")
        case "nobody":
            return WAIT_NOBODY
        case "language":
            return WAIT_NO_LANGUAGE
        case "long" if wait.over is not None:
            return WAIT_LONG.format(minutes=wait.over)
        case _ if wait.low is None or wait.high is None:
            return WAIT_UNSURE
        case _:
            return f"Today most people waited {wait.low} to {wait.high} minutes."
