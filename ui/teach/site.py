"""The address of this site as the teacher's browser sees it, and who else can reach it."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from ui.header import here

PAGE = "/teach"
ALONE = "{host} is this computer alone, so students cannot open these links."
NEAR = (
    "{host} is reached from your own network only, so students elsewhere cannot open these links."
)
PLAIN = "{host} is reached by http, and a course page on https shows no frame from there."


def own_site() -> str:
    """The address of the site, from the one of its page Teach; "" where the browser tells none."""
    page = here()
    return page.rstrip("/").removesuffix(PAGE) if "://" in page else ""


def reach(site: str) -> str:
    """Why students cannot reach the address, in one sentence; "" where nothing says so."""
    try:
        parts = urlsplit(site)
        host = parts.hostname or ""
    except ValueError:
        return ""
    said = _who(host) or (PLAIN if host and parts.scheme == "http" else "")
    return said.format(host=host)


def _who(host: str) -> str:
    """Who alone reaches the host; "" where nobody is kept out."""
    if host == "localhost" or host.endswith(".localhost"):
        return ALONE
    try:
        address = ip_address(host)
    except ValueError:
        inside = host and ("." not in host or host.endswith((".local", ".lan", ".internal")))
        return NEAR if inside else ""
    if address.is_loopback or address.is_unspecified:
        return ALONE
    return NEAR if address.is_private or address.is_link_local else ""
