"""The browser for the journeys: one the machine has, else Debian's package, else Playwright's."""

import os
import shutil
import subprocess
import sys

from playwright.sync_api import Browser, Error, Playwright, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# The later ones keep the browser itself from calling home while it is watched for requests.
ARGUMENTS = (
    "--no-sandbox",  # as root Chromium starts only without it
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def find() -> str | None:
    """Return the browser that CHROMIUM names or this machine has; None is Playwright's own."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def launch(playwright: Playwright) -> Browser:
    """Start the browser that `find` names."""
    return playwright.chromium.launch(executable_path=find(), args=ARGUMENTS)


def fault() -> str:
    """Return why no browser starts; empty where one does."""
    try:
        with sync_playwright() as playwright:
            launch(playwright).close()
    except Error as error:
        return str(error)
    return ""


def install() -> None:
    """Bring a browser to this machine: from Debian where that is allowed, else from Playwright."""
    root = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
    apt = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    steps = (["update"], ["install", "-y", "--no-install-recommends", "chromium"])
    if shutil.which("apt-get") and (not root or shutil.which("sudo")):
        for step in steps:
            subprocess.run([*apt, *step], check=False)
    if find() is None:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


if __name__ == "__main__":
    if find() is None and fault():
        install()
    if reason := fault():
        sys.exit(
            f"{reason}\n\nThe tests need a browser. Install Chromium or Chrome (on Debian: "
            "apt install chromium), or name one: make test CHROMIUM=/path/to/chrome"
        )
