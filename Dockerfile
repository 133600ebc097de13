# Three stages: the last one has only what production runs. test/deploy/image.test.ts walks through these same steps.
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --workspaces=false --ignore-scripts --no-audit
COPY tsconfig.json tsconfig.build.json ./
COPY scripts ./scripts
COPY src ./src
RUN npm run build

FROM node:24-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# No production package has an install script, so none may run one.
RUN npm ci --omit=dev --workspaces=false --ignore-scripts --no-audit

FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json LICENSE ./
# The image's user `node`, by number: from a name Kubernetes cannot tell that it is not root.
USER 1000:1000
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s CMD ["node", "--input-type=module", "-e", "const { HOST: h = '', PORT: p } = process.env; process.exit((await fetch(`http://${h.includes(':') ? `[${h}]` : h || '127.0.0.1'}:${p || 4000}/health`)).ok ? 0 : 1)"]
# node itself is process 1 and gets SIGTERM. It drains for up to 32 s, so use docker stop --time 40.
CMD ["node", "dist/main.js"]
