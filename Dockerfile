# The app:   docker build -t weighted-cross-entropy .
# Its tests: docker build --target test -t wce-test . && docker run --rm --shm-size 1g wce-test
ARG BASE=python:3.11-slim

# The libraries, in a layer of their own: a change of our code installs nothing anew.
FROM ${BASE} AS libraries
# The CPU build of torch: the default one brings CUDA along and is many times as large.
# For a GPU: docker build --build-arg TORCH_INDEX= . and docker run --gpus all
ARG TORCH_INDEX=https://download.pytorch.org/whl/cpu
WORKDIR /app
RUN useradd --uid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin app
COPY requirements.txt constraints.txt ./
RUN pip install --no-cache-dir --disable-pip-version-check --root-user-action ignore \
    ${TORCH_INDEX:+--extra-index-url "$TORCH_INDEX"} -r requirements.txt
ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1

# Everything that `make test` needs, with Debian's browser and nginx. It is run by the container and
# not while it is built, since a browser needs more than a build gives.
FROM libraries AS test
RUN apt-get update \
    && apt-get install -y --no-install-recommends chromium make nginx \
    && rm -rf /var/lib/apt/lists/*
COPY requirements-dev.txt ./
RUN pip install --no-cache-dir --disable-pip-version-check --root-user-action ignore \
        -r requirements-dev.txt \
    && python -m venv --system-site-packages --without-pip .venv \
    && chown -R app: /app
COPY --chown=app . .
RUN touch .venv/run.stamp .venv/test.stamp
ENV HOME=/tmp
USER 10001
CMD ["make", "test"]

# The image itself is the last stage, and so what is built where no other is asked for.
FROM libraries
COPY CITATION.cff app.py asgi.py ./
COPY .streamlit/config.toml .streamlit/
COPY ce_core ce_core
COPY ui ui
COPY pages pages
COPY server server
# Nothing can be written at run time, so what Python compiles is written now.
RUN python -m compileall -q --invalidation-mode unchecked-hash .
ENV HOME=/nonexistent \
    UVICORN_HOST=0.0.0.0 \
    UVICORN_PORT=8501 \
    UVICORN_ACCESS_LOG=false \
    UVICORN_SERVER_HEADER=false \
    UVICORN_TIMEOUT_GRACEFUL_SHUTDOWN=2
# Memory that large files took goes back to the system: a third less is held after such work.
ENV MALLOC_ARENA_MAX=2 \
    MALLOC_MMAP_THRESHOLD_=1048576
USER 10001
EXPOSE 8501
# A start takes some seconds, and half a minute on a busy machine; a copy at work may be slow to answer.
HEALTHCHECK --interval=30s --timeout=25s --start-period=60s --retries=3 \
    CMD ["python", "-m", "server.healthy"]
ENTRYPOINT ["uvicorn", "asgi:app"]
