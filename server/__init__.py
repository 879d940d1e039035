"""What the image adds around the app: settings, headers, logs, metrics, and a start that is sure.

`asgi.py` puts it together. Nothing of the app imports it; `streamlit run app.py` works without it.
"""
