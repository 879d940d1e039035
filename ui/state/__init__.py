"""The one door to session state and the URL.

Session state is never iterated over: another run of the same tab may be changing it.
"""

from ui.state.holding import held, hold, holds
from ui.state.inputs import (
    act,
    at,
    key,
    look_again,
    looks_again,
    opened,
    put_back,
    refresh,
    remember,
    tell,
    told,
    value,
)
from ui.state.resuming import (
    awaits,
    catch_up,
    hand_over,
    is_new,
    name,
    resume,
    take_late,
    tell_again,
)
from ui.state.screen import (
    arrive,
    coming,
    current,
    dropped,
    leave,
    query,
    show,
    turn_to,
    turned_to,
    visit,
)
from ui.state.spoken import page

__all__ = [
    "act",
    "arrive",
    "at",
    "awaits",
    "catch_up",
    "coming",
    "current",
    "dropped",
    "hand_over",
    "held",
    "hold",
    "holds",
    "is_new",
    "key",
    "leave",
    "look_again",
    "looks_again",
    "name",
    "opened",
    "page",
    "put_back",
    "query",
    "refresh",
    "remember",
    "resume",
    "show",
    "take_late",
    "tell",
    "tell_again",
    "told",
    "turn_to",
    "turned_to",
    "value",
    "visit",
]
