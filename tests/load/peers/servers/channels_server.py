"""The peer "Django Channels + Redis + ORM insert": rooms are groups, each message is one ORM insert.

Run by the peers' own Python: `uvicorn channels_server:application`, with the variables below.
"""

import os
from typing import Any

import django  # type: ignore[import-not-found]  # only in the peers' own environment
from django.conf import settings  # type: ignore[import-not-found]  # as above

settings.configure(
    DEBUG=False,
    SECRET_KEY="none is signed here",
    ALLOWED_HOSTS=["127.0.0.1"],
    USE_TZ=True,
    INSTALLED_APPS=["channels"],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "HOST": os.environ["PEER_DATABASE_SOCKET"],
            "NAME": os.environ["PEER_DATABASE"],
            "USER": os.environ["PEER_DATABASE_ROLE"],
            "CONN_MAX_AGE": None,
        }
    },
    CHANNEL_LAYERS={
        "default": {
            "BACKEND": "channels_redis.core.RedisChannelLayer",
            # A group's message that finds no place is dropped: more of it than a round can hold.
            "CONFIG": {"hosts": [os.environ["PEER_REDIS"]], "capacity": 10_000},
        }
    },
)
django.setup()

from channels.db import database_sync_to_async  # type: ignore[import-untyped]  # noqa: E402 - as above, and after the set-up
from channels.generic.websocket import AsyncJsonWebsocketConsumer  # type: ignore[import-untyped]  # noqa: E402 - as above
from channels.routing import ProtocolTypeRouter, URLRouter  # type: ignore[import-untyped]  # noqa: E402 - as above
from django.db import connection, models  # type: ignore[import-not-found]  # noqa: E402 - as above
from django.urls import path  # type: ignore[import-not-found]  # noqa: E402 - as above


class Message(models.Model):  # type: ignore[misc]  # its base is unknown here
    """A kept message."""

    room = models.CharField(max_length=40, db_index=True)
    sender = models.CharField(max_length=40)
    body = models.TextField()

    class Meta:
        app_label = "channels"


class Consumer(AsyncJsonWebsocketConsumer):  # type: ignore[misc]  # its base is unknown here
    """One person in one room."""

    async def connect(self) -> None:
        kwargs = self.scope["url_route"]["kwargs"]
        self.room, self.sender = kwargs["room"], kwargs["sender"]
        await self.channel_layer.group_add(self.room, self.channel_name)
        await self.accept()

    async def disconnect(self, code: int) -> None:
        await self.channel_layer.group_discard(self.room, self.channel_name)

    async def receive_json(self, content: dict[str, Any]) -> None:
        await self._insert(content["body"])
        await self.send_json({"stored": content["n"]})
        said = {"type": "said", "n": content["n"], "sender": self.sender, "body": content["body"]}
        await self.channel_layer.group_send(self.room, said)

    async def said(self, event: dict[str, Any]) -> None:
        await self.send_json({"said": event["n"], "sender": event["sender"], "body": event["body"]})

    @database_sync_to_async  # type: ignore[untyped-decorator]  # it is unknown here
    def _insert(self, body: str) -> None:
        Message.objects.create(room=self.room, sender=self.sender, body=body)


def _create_table() -> None:
    with connection.schema_editor() as editor:
        editor.create_model(Message)
    connection.close()


_create_table()
application = ProtocolTypeRouter(
    {"websocket": URLRouter([path("<str:room>/<str:sender>", Consumer.as_asgi())])}
)
