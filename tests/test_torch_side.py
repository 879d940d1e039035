"""Torch in the app: imported beside the first page, and sparing with the cores."""

from concurrent.futures import ThreadPoolExecutor

import torch

from ui.torch_side import preload


def test_each_run_computes_on_one_core():
    """Runs are threads of their own, which ask torch for the first time."""
    torch.set_num_threads(2)
    preload.clear()
    preload().join()
    with ThreadPoolExecutor(1) as run_of_a_page:
        assert run_of_a_page.submit(torch.get_num_threads).result() == 1
