"""The empty Streamlit page that ours are compared with."""
