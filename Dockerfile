# One image, one process, SQLite in /data. Runs with a read-only root, without rights, as a user of its own.

FROM python:3.11-slim AS build
WORKDIR /srv/beside
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never
COPY pyproject.toml uv.lock README.md LICENSE ./
COPY scripts/uv_pin.py scripts/
RUN python scripts/uv_pin.py > /tmp/uv.txt && pip install --no-cache-dir --require-hashes --requirement /tmp/uv.txt
# The packages before our own files: a change of ours then builds in seconds.
RUN uv sync --frozen --no-dev --no-install-project --no-cache
COPY app app
COPY migrations migrations
COPY frontend frontend
RUN uv sync --frozen --no-dev --no-cache

FROM python:3.11-slim
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin beside \
    && install --directory --owner=beside --group=beside --mode=0700 /data
WORKDIR /srv/beside
COPY --from=build /srv/beside /srv/beside
ENV PATH=/srv/beside/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    BESIDE_DATA=/data \
    BESIDE_HOST=0.0.0.0 \
    BESIDE_PORT=8000
USER beside
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen(f\"http://127.0.0.1:{os.environ['BESIDE_PORT']}/api/service\", timeout=4)"]
CMD ["beside", "serve"]
