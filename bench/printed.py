"""What a part measured, printed."""

import json
from typing import Any


def show(found: dict[str, Any]) -> int:
    """Print it as JSON; 1, for the shell, where a limit is not kept."""
    print(json.dumps(found, indent=1))
    return 0 if found["kept"] else 1
