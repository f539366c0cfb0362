"""Other chat servers that keep messages, each as its own documentation sets it up for work."""

from tests.load.peer import Peer
from tests.load.peers.django_channels import Channels
from tests.load.peers.ejabberd import Ejabberd
from tests.load.peers.prosody import Prosody
from tests.load.peers.socketio import SocketIo

PEERS: tuple[Peer, ...] = (SocketIo(), Ejabberd(), Prosody(), Channels())
"""In the order of the table."""
