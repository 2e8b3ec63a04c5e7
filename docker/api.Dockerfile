# The API. Build from the top folder: docker build -f docker/api.Dockerfile -t saksgang .
FROM node:22-bookworm AS build
WORKDIR /srv
# The packages first, by the same step as `npm start` takes: this layer is kept until they change.
COPY package.json package-lock.json ./
COPY apps/prepare.mjs ./apps/
RUN node --input-type=module --eval "import('./apps/prepare.mjs').then((prepare) => prepare.install())"
COPY . .
RUN npm run build && npm prune --omit=dev --no-audit --no-fund

FROM node:22-bookworm-slim
WORKDIR /srv
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data EXAMPLE_RECORD=off
COPY --from=build /srv/package.json ./
COPY --from=build /srv/node_modules ./node_modules
COPY --from=build /srv/dist ./dist
COPY --from=build /srv/apps/api/example ./apps/api/example
# Nothing but /data is written to: run it with a read-only root file system (--read-only --tmpfs /tmp). /shared is for what several
# instances share, the key-encryption key.
RUN mkdir /data /shared && chown node:node /data /shared && chmod 700 /data /shared
USER node
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
# Alive, not ready: a log that is away is not mended by a restart. Proxies ask /readyz.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "dist/apps/api/src/main.js"]
