"""Write the theme into .streamlit/config.toml: `python -m ui.palette`."""

from ui.palette.theme import CONFIG, with_theme

CONFIG.write_text(with_theme(CONFIG.read_text(encoding="utf-8")), encoding="utf-8")
