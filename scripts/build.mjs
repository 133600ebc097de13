/**
 * Builds dist, where the source is newer. The gateway's modules and most packages go into a few files: to find and read
 * hundreds of them is most of the time that a start takes. Types are left to `npm run build` and `npm run check:types`:
 * who starts a gateway need not wait for them.
 */
import { cpSync, existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = new URL('../', import.meta.url);
const source = new URL('src/', root);
const path = (url) => fileURLToPath(new URL(url, root));

function isStale() {
  const built = statSync(new URL('dist/main.js', root), { throwIfNoEntry: false });
  return (
    !built ||
    readdirSync(source, { recursive: true }).some((file) => statSync(new URL(file, source)).mtimeMs > built.mtimeMs)
  );
}

/** They start files of their own, are shared with who embeds the gateway, or are loaded by few. */
const external = ['pino', 'pino-pretty', '@opentelemetry/*', '@graphql-yoga/render-graphiql'];

/** What is read as a file when the gateway runs. */
const copied = ['http/graphiql-browser.js'];

async function bundle() {
  rmSync(path('dist'), { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: path('.'),
    entryPoints: ['src/main.ts', 'src/bin.ts', 'src/index.ts', 'src/simulator/main.ts', 'src/http/graphiql-page.ts'],
    outbase: 'src',
    outdir: 'dist',
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.18',
    external,
    // Without comments: one character in them beyond Latin-1, and V8 holds all of the text in twice the memory.
    minifyWhitespace: true,
    // A stack trace is to name lines.
    lineLimit: 120,
    legalComments: 'none',
    sourcemap: true,
    sourcesContent: false,
    metafile: true,
    logLevel: 'warning',
    // CommonJS packages ask for Node's own modules by require.
    banner: {
      js: "import { createRequire as nodeRequire } from 'node:module'; const require = nodeRequire(import.meta.url);",
    },
  });
  for (const file of copied) cpSync(path(`src/${file}`), path(`dist/${file}`));
  writeFileSync(path('dist/THIRD-PARTY-LICENSES.txt'), licencesOf(Object.keys(metafile.inputs)));
}

/** The terms of the packages that are in the bundle ask to go with it. */
function licencesOf(inputs) {
  const folders = new Set(inputs.flatMap((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? []));
  return [...folders]
    .toSorted()
    .map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(path(`${folder}/package.json`), 'utf8'));
      const file = readdirSync(path(folder)).find((entry) => /^licen[cs]e(\.|$)/i.test(entry));
      const text = file && existsSync(path(`${folder}/${file}`)) ? readFileSync(path(`${folder}/${file}`), 'utf8') : '';
      return `${name} ${version} (${license})\n\n${text.trim()}\n`;
    })
    .join(`\n${'-'.repeat(80)}\n\n`);
}

if (isStale()) await bundle();
