# One image per service: `--build-arg SERVICE=forms`. The bus (relay, clock, migration) needs no service at all.
FROM python:3.13-slim AS bus
RUN apt-get update \
 && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --no-create-home balie \
 && install -d -o balie /vault /files /print
WORKDIR /app
# letters are sealed with `--build-arg LOCK=requirements-seal.lock`
ARG LOCK=requirements.lock
COPY ${LOCK} requirements.lock
RUN python -m venv /opt/balie && /opt/balie/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
ENV PATH=/opt/balie/bin:$PATH
COPY shared shared
RUN python -m compileall -q shared
# fontconfig keeps its list of fonts in the one place that can be written
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 XDG_CACHE_HOME=/tmp
USER 10001

FROM bus AS service
ARG SERVICE
ENV SERVICE=${SERVICE} BIND=0.0.0.0:8000
COPY services/__init__.py services/__init__.py
COPY services/${SERVICE} services/${SERVICE}
EXPOSE 8000

# Stand-ins for trying the house out: a mailbox that keeps all mail, a sign-in provider with named people.
FROM bus AS stand-in
USER root
COPY requirements-dev.lock .
RUN pip install --no-cache-dir --require-hashes -r requirements-dev.lock
COPY dev dev
USER 10001
