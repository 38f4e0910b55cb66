"""Which client a request is from, and how clients share what the server has."""

from __future__ import annotations

import ipaddress
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import ContextVar
from functools import partial
from threading import Lock
from typing import Any, Generic, TypeVar

T = TypeVar("T")

#: The client whose request runs in this context: its key's digest, else its address. Set by `limits.Gate`.
current_client: ContextVar[str] = ContextVar("current_client", default="")


def address_group(address: str) -> str:
    """Return what stands for all addresses of one client: an IPv4 address, or the /64 network of an IPv6 one."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:  # a Unix socket, or what a proxy has written
        return address
    if ip.version == 4:
        return address
    return str(ip.ipv4_mapped or ipaddress.ip_network((ip, 64), strict=False))


class Shares:
    """Divides a capacity among clients, so that none can use it up. Used on the event loop only.

    A client may hold as much as is left free for the others (the “dynamic threshold” of Choudhury and Hahne, 1998): one
    client alone gets half of the capacity, each of two gets a third, and something is always left for a newcomer.
    """

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._held: dict[str, int] = {}
        self._total = 0

    def take(self, client: str, amount: int = 1) -> bool:
        """Take some of the capacity, and return True; or return False, and take nothing."""
        if not amount:
            return True
        held = self._held.get(client, 0) + amount
        if held > self._capacity - self._total:
            return False
        self._held[client] = held
        self._total += amount
        return True

    def give_back(self, client: str, amount: int = 1) -> None:
        """Return what `take` took, in one or more parts."""
        self._total -= amount
        self._held[client] -= amount
        if not self._held[client]:
            del self._held[client]


class FairQueue(Generic[T]):
    """A queue that serves its clients in turn. `client_of` tells whose an item is. Not thread-safe."""

    def __init__(self, client_of: Callable[[T], str]) -> None:
        self._client_of = client_of
        self._items: dict[str, deque[T]] = {}  # whose turn is next comes first

    def append(self, item: T) -> None:
        self._items.setdefault(self._client_of(item), deque()).append(item)

    def popleft(self) -> T:
        """Remove and return the next item; the same one as `[0]`. Raises IndexError."""
        return self.pop_of(self._next())

    def pop_of(self, client: str) -> T:
        """Remove and return the oldest item of a client, whose next turn comes after everyone else's."""
        items = self._items.pop(client)
        item = items.popleft()
        if items:
            self._items[client] = items
        return item

    def clients(self) -> Iterator[str]:
        """Return the clients with items, whose turn is next first."""
        return iter(self._items)

    def clear(self) -> None:
        self._items.clear()

    def _next(self) -> str:
        for client in self._items:
            return client
        raise IndexError("The queue is empty.")

    def __getitem__(self, index: int) -> T:
        assert index == 0, "only the next item can be seen"
        return self._items[self._next()][0]

    def __iter__(self) -> Iterator[T]:
        for items in self._items.values():
            yield from items

    def __len__(self) -> int:
        return sum(map(len, self._items.values()))


class FairPool(ThreadPoolExecutor):
    """A thread pool in which no client has to wait for another one's tasks to end.

    One client uses at most `max_workers` threads, and there is one more. The next task is that of the client with the
    fewest running ones, and among those of each in turn. A task belongs to the `current_client` of the context that
    submits it.
    """

    def __init__(self, max_workers: int, thread_name_prefix: str) -> None:
        super().__init__(max_workers + 1, thread_name_prefix=thread_name_prefix)
        self._most_of_one = max_workers
        self._lock = Lock()
        self._tasks: FairQueue[_Task] = FairQueue(lambda task: task[0])
        self._running: dict[str, int] = {}

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        with self._lock:
            self._tasks.append((current_client.get(), partial(fn, *args, **kwargs), future))
        super().submit(self._run_tasks)
        return future

    def _run_tasks(self) -> None:
        """Run tasks as long as there are any that may run now."""
        while task := self._next_task():
            client, call, future = task
            try:
                if future.set_running_or_notify_cancel():
                    try:
                        future.set_result(call())
                    except BaseException as error:  # as ThreadPoolExecutor does
                        future.set_exception(error)
            finally:
                with self._lock:
                    self._running[client] -= 1
                    if not self._running[client]:
                        del self._running[client]

    def _next_task(self) -> _Task | None:
        with self._lock:
            client = min(self._tasks.clients(), key=lambda one: self._running.get(one, 0), default=None)
            if client is None or self._running.get(client, 0) >= self._most_of_one:
                return None  # the thread that ends one of the client's tasks goes on with the next
            self._running[client] = self._running.get(client, 0) + 1
            return self._tasks.pop_of(client)


_Task = tuple[str, Callable[[], Any], "Future[Any]"]
