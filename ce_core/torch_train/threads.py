"""Train on one core: small calculations that are split over busy cores wait for each other.

On two cores that ten other processes kept busy, torch's own two threads made a step 30 to 100
times slower (a `tanh` of 18,000 numbers 5 ms instead of 0.1 ms); on idle ones one core is about
as fast. And a server's other pages keep the other cores.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Lock

import torch

LOCK = Lock()


@contextmanager
def one_core() -> Iterator[None]:
    """Torch computes with one core in the thread that enters, and in no other.

    Torch keeps the number twice: for all threads, read by each at its first calculation, and
    for each thread. Setting it writes both, so another thread writes the common one back.
    """
    with LOCK, ThreadPoolExecutor(1) as other:
        common = other.submit(torch.get_num_threads).result()
        torch.get_num_threads()  # else this thread's first calculation would read the common one
        torch.set_num_threads(1)
        other.submit(torch.set_num_threads, common).result()
    try:
        yield
    finally:
        with LOCK:
            torch.set_num_threads(common)
