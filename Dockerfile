# focalface served over HTTP. Build: docker build -t focalface .
# Run: docker run -p 8000:8000 -e FOCALFACE_TOKEN=SECRET -v "$PWD/photos:/photos:ro" focalface
FROM python:3.12-slim
# OpenCV's wheel needs both libraries; unpinned, so that a new build has Debian's latest fixes.
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install --yes --no-install-recommends libgl1 libglib2.0-0 \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY . .
RUN pip install --no-cache-dir --constraint constraints.txt '.[heic]' && useradd --create-home --uid 10001 focal
USER 10001
ENV FOCALFACE_FOLDERS=/photos
EXPOSE 8000
HEALTHCHECK CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=3)"]
# Clients that call this machine by another name than localhost: add --allow-host NAME.
CMD ["focalface", "serve", "--http", "--host", "0.0.0.0"]
