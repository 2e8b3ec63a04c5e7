# The API with its embedded store. Build from the top folder: docker build -f docker/api.Dockerfile -t saksgang .
FROM node:22-bookworm AS build
WORKDIR /srv
COPY package.json package-lock.json ./
RUN npm ci --include=dev --no-audit --no-fund
COPY . .
RUN npm run build && npm prune --omit=dev --no-audit --no-fund

FROM node:22-bookworm-slim
WORKDIR /srv
ENV NODE_ENV=production HOST=0.0.0.0 DATA_DIR=/data EXAMPLE_RECORD=off
COPY --from=build /srv/package.json ./
COPY --from=build /srv/node_modules ./node_modules
COPY --from=build /srv/dist ./dist
COPY --from=build /srv/apps/api/example ./apps/api/example
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK CMD ["node", "-e", "fetch('http://127.0.0.1:3000/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "dist/apps/api/src/main.js"]
