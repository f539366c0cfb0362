"""A room for tests: seats that verify, and an honest server that numbers what they say."""

from app.companion.body import Content, rekey
from app.companion.key_list import rekey_hash
from app.companion.transcript import Received, Transcript
from app.wire.frames import Erase, Item
from app.wire.ids import CLIENT_SEAT, Kid, RoomId, seat_id

MINUTE = 29_000_000
ROOM = RoomId(b"r" * 16)
MARA = seat_id(ROOM, Kid(b"m" * 16))
SOL = seat_id(ROOM, Kid(b"s" * 16))
KEYS = {epoch: bytes([epoch]) * 32 for epoch in range(1, 16)}


def keys(*epochs: int) -> dict[int, bytes]:
    return {epoch: KEYS[epoch] for epoch in epochs}


class Talk:
    """What an honest server holds of a room, with a client and Mara in it, both under epoch 1."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.client = Transcript(ROOM, CLIENT_SEAT, keys(1))
        self.mara = Transcript(ROOM, MARA, keys(1))

    def post(self, sender: Transcript, content: Content) -> Item:
        """The item that a message becomes; nobody has received it yet."""
        frame = sender.compose(sender.next_n, content, MINUTE)
        item = Item(ROOM, len(self.items) + 1, sender.own_seat, frame.ke, frame.n, frame.com, frame.ct)
        if isinstance(frame, Erase):
            self.items[frame.seq - 1] = self.items[frame.seq - 1]._replace(ct=b"")
        self.items.append(item)
        return item

    def say(self, sender: Transcript, content: Content) -> Item:
        """A message that client and Mara receive at once."""
        item = self.post(sender, content)
        self.client.receive(item)
        self.mara.receive(item)
        return item

    def rekey(self, epoch: int) -> Item:
        """The client's rekey to `epoch`, received by client and Mara; only the client holds the new key."""
        self.client.add_keys(keys(epoch))
        return self.say(self.client, rekey(epoch, rekey_hash(ROOM, epoch, KEYS[epoch])))

    def read(self, reader: Transcript) -> list[Received]:
        """All items that a reader has not seen, as the server holds them now, up to its head."""
        received = [reader.receive(item) for item in self.items[reader.seq :]]
        reader.at_head(len(self.items), self.client.head)
        return received
