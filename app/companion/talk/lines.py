"""How a message reads as a line."""

from collections.abc import Callable

from app.companion.talk import words
from app.companion.talk.terminal import Terminal
from app.companion.transcript import Received
from app.wire.ids import CLIENT_SEAT, SeatId

YOU = "bold #E0AE4A"
THEM = "bold #8DB6EE"
SOFT = "#7C918B"
CARE = "#F2A3A0"
PLAIN = ""


def note(terminal: Terminal, text: str, style: str = SOFT) -> None:
    """A line of the service's own."""
    terminal.show((style, f"·  {text}"))


def spoken(terminal: Terminal, mine: bool, who: str, text: str) -> None:
    """A line that somebody said."""
    mark, style = ("◖", YOU) if mine else ("●", THEM)
    terminal.show((style, f"{mark} {who}: "), (PLAIN, text))


def show_message(
    terminal: Terminal, received: Received, own: SeatId, name_of: Callable[[SeatId], str]
) -> None:
    """One verified message, or what stands in its place."""
    mine = received.seat == own
    who = "You" if mine else name_of(received.seat)
    if received.erased:
        note(terminal, words.TAKEN_BACK if mine else words.TAKEN_BACK_BY.format(who=who))
    elif received.hidden:
        spoken(terminal, mine, who, words.HIDDEN)
    elif received.kind is None or received.body is None:
        spoken(terminal, mine, who, words.CANNOT_SHOW)
    else:
        _show_kind(
            terminal, received.kind, dict(received.body.fields), mine, who, received.seat == CLIENT_SEAT
        )


def _show_kind(
    terminal: Terminal, kind: str, fields: dict[str, object], mine: bool, who: str, from_client: bool
) -> None:
    value = fields.get("v")
    match kind:
        case "text" | "step":
            spoken(terminal, mine, who, str(fields["x"]))
        case "page":
            lines = fields["lines"]
            spoken(terminal, mine, who, "\n".join(map(str, lines)) if isinstance(lines, list) else "")
        case "hello":
            alias = fields.get("alias")
            if from_client:
                spoken(terminal, mine, who, "Hi" if alias is None else f"Hi, you can call me {alias}")
            else:
                note(terminal, "You say hello." if mine else f"{alias or who} says hello.")
        case "pace":
            pace = words.PACES.get(str(value), str(value))
            note(terminal, f"Pace is now “{pace}”.")
        case "need":
            note(terminal, f"What would help today: {words.NEEDS.get(str(value), str(value))}.")
        case "pause":
            if not mine:
                note(terminal, words.PAUSES.get(str(value), ""))
        case "skip" if not mine:
            note(terminal, "They skip that question.")
        case "not-ready" if not mine:
            note(terminal, "They are not ready for that. Leave it with them.")
        case "here":
            spoken(terminal, mine, who, "I’m here, no rush.")
        case "nod":
            note(terminal, "You nod." if mine else f"{who} nodded.")
        case "leaving":
            note(terminal, "You need to go soon." if mine else f"{who} needs to go soon.")
        case "handover":
            spoken(terminal, mine, who, f"(to hand over) {fields['text']}")
        case "consent":
            spoken(terminal, mine, who, f"(may be told) {fields['text']}")
        case "take-back" if not from_client:
            note(terminal, words.TAKEN_BACK if mine else words.TAKEN_BACK_BY.format(who=who))
        case "bye":
            note(terminal, "You say goodbye." if mine else f"{who} says goodbye.")
        case "drawing":
            drawn = fields.get("words")
            spoken(terminal, mine, who, f"(a drawing) {drawn}" if drawn else "(a drawing)")
        case _:
            return
