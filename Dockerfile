# Three stages: only what production runs reaches the last one. test/deploy/image.test.ts walks these very steps.
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
# No package that production needs has an install script, so none may run one.
RUN npm ci --omit=dev --workspaces=false --ignore-scripts --no-audit

FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json LICENSE ./
# The image's own user `node`, by number: Kubernetes cannot tell from a name that it is not root.
USER 1000:1000
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s CMD ["node", "--input-type=module", "-e", "const { HOST: h = '', PORT: p } = process.env; process.exit((await fetch(`http://${h.includes(':') ? `[${h}]` : h || '127.0.0.1'}:${p || 4000}/health`)).ok ? 0 : 1)"]
# node itself is process 1 and gets SIGTERM. It drains for up to 32 s, so: docker stop --time 40.
CMD ["node", "dist/main.js"]
