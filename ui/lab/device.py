"""Where the models are trained: the CPU, or a GPU that is there."""

from ui.devices import choose_device
from ui.torch_side import ready
from ui.view import View


def device_of(view: View) -> str:
    """The device that a training will run on; asked for where there is more than one.

    Nobody waits for torch to say which there are: until it is imported there is the CPU.
    """
    return "cpu" if view.device == "cpu" and not ready() else choose_device(view)
