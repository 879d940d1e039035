"""One browser tab without a browser: Streamlit's own protocol, protobuf over a WebSocket.

It says what a browser says: the page and its query, the values of all inputs on the screen, which
messages it still has, and the reruns that a fragment asks for. It speaks to this machine alone.
"""

import asyncio
import http.client
import ipaddress
import itertools
import json
import secrets
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from bench.screen import Screen, first_value

LONGEST = 60.0  # seconds that an answer may take until it counts as lost
LARGEST = 64 * 2**20  # bytes of one message
OK = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)


class WireError(RuntimeError):
    """The server said no, showed an exception, or dropped the line."""


class _Counted(ClientConnection):
    """A connection that knows how many bytes came, packed as they were."""

    came = 0

    def data_received(self, data: bytes) -> None:
        self.came += len(data)
        super().data_received(data)


@dataclass
class _Cached:
    message: ForwardMsg
    used: int


@dataclass
class _Runs:
    """How many runs began and ended; a sender waits until one that began later has ended."""

    begun: int = 0
    done: int = 0
    told: asyncio.Condition = field(default_factory=asyncio.Condition)


class Wire:
    """A tab: what it shows, what is typed in it, and its line to the server.

    Args:
        base: the address of the server, on this machine: "http://127.0.0.1:8640".

    Attributes:
        screen: what is on the screen.
        query: what follows the question mark in the address.
        reruns: how many messages asked for a run.
        said: bytes sent.
    """

    def __init__(self, base: str) -> None:
        parts = urlsplit(base)
        if not ipaddress.ip_address(parts.hostname or "").is_loopback:
            raise ValueError(f"{base} is not on this machine: a load is put on nobody else")
        self._host, self._below = parts.netloc, parts.path.rstrip("/")
        self.screen, self.query = Screen(), ""
        self.reruns = self.said = 0
        self._page = self._frame = self._name = self._session = self._run = ""
        self._fragments: list[str] = []
        self._cookie = ""
        self._cache: dict[str, _Cached] = {}
        self._states: dict[str, WidgetState] = {}
        self._files: dict[str, asyncio.Future[Any]] = {}
        self._runs, self._finished = _Runs(), 0
        self._socket: _Counted | None = None
        self._reader: asyncio.Task[None] | None = None
        self._timers: dict[str, asyncio.Task[None]] = {}
        self._problem: Exception | None = None

    @property
    def page(self) -> str:
        """The page on the screen, as it stands in the address."""
        return self._name

    @property
    def came(self) -> int:
        """Bytes received over the socket."""
        return self._socket.came if self._socket else 0

    async def open(self, address: str) -> float:
        """Open a link such as "/steps?logits=3,4"; the seconds until the page stood there."""
        began = perf_counter()
        self._name, _, self.query = address.partition("?")
        self._name = self._name.strip("/")
        for path in (f"/{self._name}", "/_stcore/health", "/_stcore/host-config"):
            await asyncio.to_thread(self._ask, "GET", path)
        self._socket = await connect(  # type: ignore[assignment]
            f"ws://{self._host}{self._below}/_stcore/stream",
            origin=f"http://{self._host}",  # type: ignore[arg-type]
            subprotocols=["streamlit", self._cookie or "PLACEHOLDER_AUTH_TOKEN"],  # type: ignore[list-item]
            additional_headers={"Cookie": f"_streamlit_xsrf={self._cookie}"},
            max_size=LARGEST,
            open_timeout=LONGEST,
            ping_timeout=LONGEST,
            create_connection=_Counted,
            proxy=None,
        )
        self._reader = asyncio.create_task(self._read())
        await self.rerun()
        return perf_counter() - began

    async def close(self) -> None:
        """Close the tab."""
        for task in (*self._timers.values(), self._reader):
            if task is not None:
                task.cancel()
        self._timers.clear()
        if self._socket is not None:
            await self._socket.close()

    # --- what a person does ---

    async def set(self, part: Any, **value: Any) -> float:  # noqa: ANN401 - a field of WidgetState
        """Give an input a value and wait for the answer; the seconds it took."""
        self._states[part.id] = WidgetState(id=part.id, **value)
        return await self.rerun()

    async def edit(self, part: Any, edits: dict[int, dict[str, str]]) -> float:  # noqa: ANN401
        """Change cells of an editor's table, those changed before included."""
        state = {"edited_rows": edits, "added_rows": [], "deleted_rows": []}
        return await self.set(part, string_value=json.dumps(state))

    async def choose(self, part: Any, *options: str) -> float:  # noqa: ANN401 - a message
        """Press options of a segmented control."""
        state = WidgetState(id=part.id)
        state.string_array_value.data.extend(options)
        self._states[part.id] = state
        return await self.rerun()

    async def press(self, part: Any) -> float:  # noqa: ANN401 - a message
        """Press a button."""
        self._states[part.id] = WidgetState(id=part.id, trigger_value=True)
        try:
            return await self.rerun()
        finally:
            self._states.pop(part.id, None)

    async def tell(self, key: str, **state: Any) -> float:  # noqa: ANN401 - plain JSON
        """Let a component set parts of its state."""
        part = self.screen.find("bidi_component", key=key)
        before = self._states.get(part.id)
        whole = {**(json.loads(before.json_value) if before else {}), **state}
        return await self.set(part, json_value=json.dumps(whole))

    async def trigger(self, key: str, event: str, value: Any) -> float:  # noqa: ANN401 - plain JSON
        """Let a component say something once."""
        part = self.screen.find("bidi_component", key=key)
        name = f"$$STREAMLIT_INTERNAL_KEY_{part.id}__events"
        told = json.dumps([{"event": event, "value": value}])
        self._states[name] = WidgetState(id=name, json_trigger_value=told)
        try:
            return await self.rerun()
        finally:
            self._states.pop(name, None)

    async def upload(self, part: Any, name: str, data: bytes) -> float:  # noqa: ANN401 - a message
        """Upload a file as a browser does, first by HTTP and then by its name."""
        began, asked = perf_counter(), secrets.token_hex(8)
        told = self._files[asked] = asyncio.get_running_loop().create_future()
        message = BackMsg()
        message.file_urls_request.request_id = asked
        message.file_urls_request.file_names.append(name)
        message.file_urls_request.session_id = self._session
        await self._send(message)
        urls = (await asyncio.wait_for(told, LONGEST)).file_urls[0]
        await asyncio.to_thread(self._put, urls.upload_url, name, data)
        state = WidgetState(id=part.id)
        info = state.file_uploader_state_value.uploaded_file_info.add()
        info.name, info.size, info.file_id = name, len(data), urls.file_id
        info.file_urls.CopyFrom(urls)
        self._states[part.id] = state
        await self.rerun()
        return perf_counter() - began

    async def rerun(self, fragment: str = "", *, auto: bool = False) -> float:
        """Ask for a run and wait until it has ended; the seconds it took.

        Raises:
            WireError: the page shows an exception, or the line is gone.
        """
        began, mark = perf_counter(), self._runs.begun
        self.reruns += 1
        await self._send(self._request(fragment, auto=auto))
        async with self._runs.told:
            done = self._runs.told.wait_for(lambda: self._runs.done > mark or self._problem)
            await asyncio.wait_for(done, LONGEST)
        if self._problem is not None:
            raise WireError(f"the line was dropped: {self._problem!r}") from self._problem
        if faults := self.screen.faults():
            raise WireError(f"the page shows {faults[0]}")
        return perf_counter() - began

    # --- what goes over the line ---

    def _request(self, fragment: str, *, auto: bool) -> BackMsg:
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string, asked.fragment_id, asked.is_auto_rerun = self.query, fragment, auto
        asked.page_script_hash = self._page
        asked.page_name = "" if self._page else self._name
        asked.cached_message_hashes.extend(self._cache)
        asked.context_info.timezone, asked.context_info.locale = "UTC", "en"
        asked.context_info.url = f"http://{self._host}{self._below}/{self._name}"
        asked.context_info.color_scheme = "light"
        asked.widget_states.CopyFrom(self._values())
        return message

    def _values(self) -> WidgetStates:
        """The value of every input, those nobody has touched included."""
        for name, (kind, part) in self.screen.inputs().items():
            if name not in self._states and (state := first_value(kind, part)) is not None:
                self._states[name] = state
        return WidgetStates(widgets=self._states.values())

    def _forget(self) -> None:
        """Lose the values of inputs that are gone, and take those that the server sets."""
        there = self.screen.inputs()
        for name in list(self._states):
            if not name.startswith("$$STREAMLIT_INTERNAL_KEY_") and name not in there:
                del self._states[name]
        for name, (kind, part) in there.items():
            if getattr(part, "set_value", False) and (state := first_value(kind, part)) is not None:
                self._states[name] = state

    async def _send(self, message: BackMsg) -> None:
        if self._socket is None:
            raise WireError("the tab is not open")
        data = message.SerializeToString()
        self.said += len(data)
        try:
            await self._socket.send(data)
        except ConnectionClosed as problem:
            raise WireError(f"the line was dropped: {problem}") from problem

    async def _read(self) -> None:
        try:
            assert self._socket is not None  # noqa: S101 - for the type checker
            async for data in self._socket:
                if isinstance(data, bytes):
                    await self._take(ForwardMsg.FromString(data))
            raise WireError("closed by the server")
        except Exception as problem:  # noqa: BLE001 - whoever waits must hear of it
            async with self._runs.told:
                self._problem = problem
                self._runs.told.notify_all()

    async def _take(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "ref_hash":
            message = self._looked_up(message)
            kind = message.WhichOneof("type")
        elif message.metadata.cacheable:
            self._cache[message.hash] = _Cached(message, self._finished)
        if kind == "delta":
            self.screen.take(message, self._run)
        elif kind == "new_session":
            self._began(message)
        elif kind == "navigation":
            self._turned(message)
        elif kind == "script_finished":
            await self._ended(message)
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "auto_rerun":
            self._start_timer(message.auto_rerun.fragment_id, message.auto_rerun.interval)
        elif kind == "file_urls_response":
            response = message.file_urls_response
            self._files.pop(response.response_id).set_result(response)

    def _looked_up(self, message: ForwardMsg) -> ForwardMsg:
        held = self._cache[message.ref_hash]
        held.used = self._finished
        whole = ForwardMsg()
        whole.CopyFrom(held.message)
        whole.metadata.CopyFrom(message.metadata)
        return whole

    def _began(self, message: ForwardMsg) -> None:
        new = message.new_session
        if new.HasField("initialize"):
            self._session = new.initialize.session_id
        self._frame = new.main_script_hash
        self._run = message.metadata.run.script_run_id
        self._fragments = list(message.metadata.run.fragment_ids)
        if not self._fragments:
            self._stop_timers()
        self._runs.begun += 1

    def _turned(self, message: ForwardMsg) -> None:
        """The frame says which page this is, once it has read the address."""
        new = message.navigation
        if self._page and new.page_script_hash != self._page:
            self.screen.leave_page(self._frame)
            self._forget()
        self._page = new.page_script_hash
        self._name = next(
            (one.url_pathname for one in new.app_pages if one.page_script_hash == self._page),
            self._name,
        )

    async def _ended(self, message: ForwardMsg) -> None:
        if message.script_finished not in OK:
            return  # another run follows, or the page could not be read at all
        self.screen.finish(self._run, self._fragments)
        self._forget()
        if not self._fragments:
            self._finished += 1
            old = [name for name, one in self._cache.items() if self._finished - one.used > 2]
            for name in old:
                del self._cache[name]
        async with self._runs.told:
            self._runs.done = self._runs.begun
            self._runs.told.notify_all()

    # --- fragments that run by themselves ---

    def _start_timer(self, fragment: str, interval: float) -> None:
        async def tick() -> None:
            for _ in itertools.count():
                await asyncio.sleep(interval)
                self.reruns += 1
                await self._send(self._request(fragment, auto=True))

        if fragment not in self._timers:
            self._timers[fragment] = asyncio.create_task(tick())

    def _stop_timers(self) -> None:
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()

    # --- plain HTTP, in a thread ---

    def _ask(self, method: str, path: str) -> None:
        line = http.client.HTTPConnection(self._host, timeout=LONGEST)
        try:
            line.request(method, self._below + path, headers=self._headers())
            answer = line.getresponse()
            answer.read()
            for name, value in answer.getheaders():
                if name.lower() == "set-cookie" and value.startswith("_streamlit_xsrf="):
                    self._cookie = value.split(";")[0].partition("=")[2]
        finally:
            line.close()

    def _put(self, path: str, name: str, data: bytes) -> None:
        mark = secrets.token_hex(16)
        head = (
            f'--{mark}\r\nContent-Disposition: form-data; name="{name}"; filename="{name}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        )
        body = head.encode() + data + f"\r\n--{mark}--\r\n".encode()
        kind = f"multipart/form-data; boundary={mark}"
        line = http.client.HTTPConnection(self._host, timeout=LONGEST)
        try:
            line.request("PUT", path, body, {**self._headers(), "Content-Type": kind})
            answer = line.getresponse()
            answer.read()
            if answer.status >= 300:
                raise WireError(f"the upload was answered with {answer.status}")
        finally:
            line.close()

    def _headers(self) -> dict[str, str]:
        cookie = f"_streamlit_xsrf={self._cookie}"
        return {"Cookie": cookie, "X-Xsrftoken": self._cookie} if self._cookie else {}
