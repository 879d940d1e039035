"""What an operator may set by the environment, checked before anything starts."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass

BASE = re.compile(r"(/[A-Za-z0-9._~-]+)*")
# A source of frame-ancestors: a keyword, a scheme, or a host with its scheme and port or without.
SOURCE = re.compile(
    r"'self'|'none'|\*|[a-z][a-z0-9+.-]*:"
    r"|([a-z][a-z0-9+.-]*://)?(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:(\d+|\*))?(/[!-+\--:<-~]*)?",
    re.IGNORECASE,
)


class SettingError(ValueError):
    """A value that cannot be meant; says which, and what is expected."""


@dataclass(frozen=True)
class Settings:
    """How this copy is served.

    Attributes:
        base_path: what all addresses begin with, such as "/loss"; "" for none.
        frame_ancestors: the sites that may frame it, as the header writes them; () for every one.
    """

    base_path: str = ""
    frame_ancestors: tuple[str, ...] = ()


def read(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of an environment.

    Raises:
        SettingError: BASE_PATH or FRAME_ANCESTORS cannot be meant.
    """
    return Settings(base_path(environment), frame_ancestors(environment))


def base_path(environment: Mapping[str, str] = os.environ) -> str:
    """What all addresses begin with, without a slash at the end.

    Raises:
        SettingError: it is no path.
    """
    text = environment.get("BASE_PATH", "").strip().rstrip("/")
    if not BASE.fullmatch(text):
        raise SettingError(
            f"BASE_PATH is {text!r}, must begin with / and hold letters, digits and - . _ ~ only, "
            "such as /loss"
        )
    return text


def frame_ancestors(environment: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """The sites that may frame the app.

    Raises:
        SettingError: one of them is no source of the header's.
    """
    sources = tuple(environment.get("FRAME_ANCESTORS", "").split())
    for source in sources:
        if not SOURCE.fullmatch(source):
            raise SettingError(
                f"FRAME_ANCESTORS holds {source!r}, must be a list parted by spaces, such as "
                "'self' https://canvas.example.edu https://*.example.org"
            )
    return sources
