# The image of all three processes: web, worker and scheduler differ in their command.
FROM python:3.13-slim-bookworm AS build
WORKDIR /build
COPY requirements.lock ./
RUN python -m venv /venv \
 && /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.lock

FROM python:3.13-slim-bookworm
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=config.settings.production \
    STATIC_ROOT=/srv/static \
    RAPPORTEUR_VAR=/srv/var
RUN useradd --system --uid 10001 --home-dir /srv/var --create-home rapporteur
WORKDIR /srv/app
COPY --from=build /venv /venv
COPY manage.py ./
COPY config config
COPY apps apps
COPY templates templates
COPY static static
COPY docs/api-schema.yaml docs/api-schema.yaml
# Collecting needs settings that load, not a database or a secret that is kept.
RUN SECRET_KEY=only-for-this-step-and-never-for-running \
    DATABASE_URL=postgresql://nowhere/none \
    python manage.py collectstatic --noinput --verbosity 0
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
  CMD ["python", "-m", "config.health", "web"]
CMD ["python", "-m", "config.web", "--host", "0.0.0.0"]
