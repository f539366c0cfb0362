# Beside's image (target `beside`, the last and so the default): one process, SQLite in /data unless told
# otherwise; and Caddy's (target `web`) for the grown form. Both run with a read-only root, without rights, as the
# user 10001.

FROM caddy:2.11-alpine AS web
# The program may open low ports by a mark on its file, which the kernel refuses to run without rights. We listen
# on high ones.
RUN setcap -r /usr/bin/caddy \
    && install -d -o 10001 -g 10001 -m 0700 /data /pages /public
USER 10001:10001
CMD ["caddy", "run", "--config", "/etc/beside/Caddyfile", "--adapter", "caddyfile"]

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

FROM python:3.11-slim AS beside
RUN groupadd --system --gid 10001 beside \
    && useradd --system --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin beside \
    && install --directory --owner=beside --group=beside --mode=0700 /data /pages /public
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
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen('http://{BESIDE_HOST}:{BESIDE_PORT}/health/ready'.format_map(os.environ), timeout=4)"]
CMD ["beside", "serve"]
