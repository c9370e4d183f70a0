# Build: docker build --tag hisp-quarterly .    Run: docker-compose.yml shows what it needs around it.

FROM node:24-slim AS uswds
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --omit=dev
# The part of USWDS that our pages use: what names a class is looked through.
COPY templates templates
COPY hisps hisps
COPY reporting reporting
COPY dashboards dashboards
RUN npm run --silent uswds

FROM python:3.13-slim
ENV PYTHONUNBUFFERED=1
WORKDIR /app
COPY requirements/base.txt requirements/
RUN pip install --no-cache-dir --require-hashes --requirement requirements/base.txt
COPY --from=uswds /app/node_modules/@uswds/uswds/dist node_modules/@uswds/uswds/dist
COPY --from=uswds /app/node_modules/@fontsource/public-sans/files node_modules/@fontsource/public-sans/files
COPY manage.py pyproject.toml ./
COPY config config
COPY hisps hisps
COPY reporting reporting
COPY dashboards dashboards
COPY templates templates
COPY static static

# The key serves this step only and signs nothing. 2,100 unused icons and the Sass sources stay behind; source maps
# must not: the style sheet names its map, and the manifest insists on finding it.
RUN SECRET_KEY=only-for-collectstatic \
    python manage.py collectstatic --no-input --ignore material-icons --ignore scss

# The application writes uploads and data files that it made, and nothing else.
RUN useradd --uid 10001 --no-create-home hisp && install -d -o hisp -g hisp var/uploads var/cache
USER hisp

EXPOSE 8000
# ALLOWED_HOSTS must hold 127.0.0.1 for this to succeed.
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["gunicorn", "config.wsgi", "--config", "config/gunicorn.py", "--bind", "0.0.0.0:8000"]
