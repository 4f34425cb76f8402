# The bot as an image: docker build -t firstlabel . (or compose.yaml, which builds it by itself).
# The Python that the tests run on; any from 3.11 on will do: --build-arg PYTHON=3.13
ARG PYTHON=3.11

FROM python:${PYTHON}-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/firstlabel
WORKDIR /src
# First what changes seldom: it is then not installed again for every change of the code.
COPY pyproject.toml constraints.txt README.md LICENSE ./
RUN mkdir bot && touch bot/__init__.py \
    && /opt/firstlabel/bin/pip install -c constraints.txt '.[postgres,sentry]' \
    && /opt/firstlabel/bin/pip uninstall -y firstlabel
COPY bot bot
RUN /opt/firstlabel/bin/pip install --no-deps . && /opt/firstlabel/bin/python -m compileall -q /opt/firstlabel

FROM python:${PYTHON}-slim
RUN groupadd --gid 10001 firstlabel \
    && useradd --uid 10001 --gid firstlabel --no-create-home --home-dir /app --shell /usr/sbin/nologin firstlabel \
    && install -d -o firstlabel -g firstlabel -m 0700 /app/data
COPY --from=build /opt/firstlabel /opt/firstlabel
COPY content /app/content
ENV PATH=/opt/firstlabel/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 HTTP_LISTEN=127.0.0.1:9101
WORKDIR /app
USER 10001:10001
# The one place that is written to. (With PostgreSQL nothing is.)
VOLUME /app/data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9101/healthz', timeout=4)"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
