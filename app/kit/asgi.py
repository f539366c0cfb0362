"""The shapes of ASGI, as its specification has them."""

from collections.abc import Awaitable, Callable, Coroutine, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
CoroutineSend = Callable[[Message], Coroutine[Any, Any, None]]
"""What a server gives: more than the specification asks, and what beginning a send by hand needs."""

App = Callable[[Scope, Receive, Send], Awaitable[None]]
