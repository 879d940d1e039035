"""Runs a coroutine to its end, also where Playwright keeps an event loop of its own going."""

import asyncio
from concurrent.futures import ThreadPoolExecutor


def finished(coroutine):
    """What the coroutine returns."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()
