import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import type { Deployment } from 'kubernetes-models/apps/v1';
import { parseAllDocuments } from 'yaml';
import { describe, expect, it } from 'vitest';
import { readConfig, variables } from '../../src/config.ts';
import { drainDelayMs, graceMs } from '../../src/process/signals.ts';
import { spawnGateway } from '../support/gateway-process.ts';

const project = new URL('../..', import.meta.url).pathname;
const folder = join(project, 'deploy/kubernetes');

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  // Manifests are of every shape; a wrong path fails the test that takes it.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly spec: any;
}

function read(file: string): readonly unknown[] {
  return parseAllDocuments(readFileSync(join(folder, file), 'utf8')).map((document) => {
    expect(document.errors).toEqual([]);
    return document.toJS() as unknown;
  });
}

const kustomization = read('kustomization.yaml')[0] as {
  resources: string[];
  images: { name: string }[];
  configMapGenerator: { name: string; envs: string[] }[];
};
const manifests = kustomization.resources.flatMap((file) => read(file) as Manifest[]);
const specOf = (kind: string): Manifest['spec'] =>
  manifests.find((manifest) => manifest.kind === kind)!.spec as unknown;
const deployment = specOf('Deployment') as NonNullable<Deployment['spec']>;
const pod = deployment.template.spec!;
const container = pod.containers[0]!;
const labels = deployment.template.metadata!.labels!;

const environment = Object.fromEntries(
  readFileSync(join(folder, 'gateway.env'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
);

/** `apps/v1` is a module of kubernetes-models as it stands; groups without a dot are folders likewise. */
const moduleOf = ({ apiVersion }: Manifest): string => `kubernetes-models/${apiVersion}`;

describe('the Kubernetes manifests', () => {
  it('are all that the folder holds', () => {
    const files = readdirSync(folder).filter((file) => file.endsWith('.yaml') && file !== 'kustomization.yaml');
    expect([...kustomization.resources].sort()).toEqual(files.sort());
    expect(manifests.map(({ kind }) => kind).sort()).toEqual([
      'Deployment',
      'HorizontalPodAutoscaler',
      'NetworkPolicy',
      'PodDisruptionBudget',
      'Service',
    ]);
  });

  it.each(manifests.map((manifest) => [manifest.kind, manifest] as const))(
    'satisfy the schema of Kubernetes: %s',
    async (kind, manifest) => {
      const models = (await import(moduleOf(manifest))) as Record<
        string,
        new (data: unknown) => { validate: () => void }
      >;
      expect(() => new models[kind]!(manifest).validate()).not.toThrow();
      expect(() => new models[kind]!({ ...manifest, spec: 1 }).validate()).toThrow();
    },
  );

  it('have no field that Kubernetes does not know', () => {
    const literals = manifests.map(
      (manifest, index) =>
        `import type { I${manifest.kind} as M${index} } from '${moduleOf(manifest)}';\n` +
        `export const m${index}: M${index} = ${JSON.stringify(manifest)};`,
    );
    expect(complaintsOf(literals.join('\n'))).toEqual([]);
    expect(complaintsOf(literals.join('\n').replace('"periodSeconds"', '"periodSecond"'))).toHaveLength(1);
  });

  it('select the pods that the deployment makes', () => {
    expect(deployment.selector.matchLabels).toEqual(labels);
    expect(specOf('Service').selector).toEqual(labels);
    expect(specOf('PodDisruptionBudget').selector.matchLabels).toEqual(labels);
    expect(specOf('NetworkPolicy').podSelector.matchLabels).toEqual(labels);
    expect(specOf('HorizontalPodAutoscaler').scaleTargetRef).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      name: manifests.find(({ kind }) => kind === 'Deployment')!.metadata.name,
    });
    for (const spread of pod.topologySpreadConstraints!) expect(spread.labelSelector!.matchLabels).toEqual(labels);
  });

  it('speak of the same ports, image, configuration and secret', () => {
    expect(container.ports).toEqual([
      { name: 'http', containerPort: Number(environment.PORT) },
      { name: 'admin', containerPort: Number(environment.ADMIN_PORT) },
    ]);
    // Operations for the router, metrics for Prometheus, and neither for the other.
    expect(specOf('Service').ports.map(({ targetPort }: { targetPort: string }) => targetPort)).toEqual(['http']);
    const [router, prometheus] = specOf('NetworkPolicy').ingress;
    expect(router.ports).toEqual([{ protocol: 'TCP', port: 'http' }]);
    expect(prometheus.ports).toEqual([{ protocol: 'TCP', port: 'admin' }]);
    expect(JSON.stringify(prometheus.from)).toContain('prometheus');
    expect(container.image).toBe(kustomization.images[0]!.name);
    expect(kustomization.configMapGenerator).toEqual([
      { name: container.envFrom![0]!.configMapRef!.name, envs: ['gateway.env'] },
    ]);
    expect(
      container.env!.map(({ name, value, valueFrom }) => [name, value, valueFrom?.secretKeyRef?.optional]),
    ).toEqual([['ROUTER_SECRET', undefined, undefined]]);
  });

  it("let pods ask DNS, on the port of its service and on that of CoreDNS's own pods", () => {
    const { to, ports } = specOf('NetworkPolicy').egress[0];
    expect(to).toEqual([{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } } }]);
    for (const port of [53, 5353])
      for (const protocol of ['UDP', 'TCP']) expect(ports).toContainEqual({ protocol, port });
  });

  it('run what needs no right at all', () => {
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    // What a heap snapshot takes, where the runbook has it written, and no more.
    expect(pod.volumes).toEqual([{ name: 'diagnostics', emptyDir: { sizeLimit: '1Gi' } }]);
    expect(container.volumeMounts).toEqual([{ name: 'diagnostics', mountPath: '/diagnostics' }]);
    const runbook = readFileSync(join(project, 'docs/operations.md'), 'utf8');
    expect(runbook).toContain("NODE_OPTIONS='--heapsnapshot-signal=SIGUSR2 --diagnostic-dir=/diagnostics'");
    const dockerfile = readFileSync(join(project, 'Dockerfile'), 'utf8');
    expect(dockerfile).toContain(`\nUSER ${pod.securityContext!.runAsUser}:${pod.securityContext!.runAsGroup}\n`);
  });

  it('configure the gateway, with every variable that it knows', () => {
    expect(readConfig(environment)).toMatchObject({
      port: 4000,
      host: '0.0.0.0',
      graphiql: false,
      introspection: false,
      trustedDocuments: null,
    });
    const readme = readFileSync(join(project, 'README.md'), 'utf8');
    const documented = [
      ...readme
        .slice(readme.indexOf('## Configuration'), readme.indexOf('## Error codes'))
        .matchAll(/^\| `([A-Z_]+)`/gm),
    ].map(([, name]) => name!);
    expect(documented.toSorted()).toEqual(variables.toSorted());
    const given = [...Object.keys(environment), ...container.env!.map(({ name }) => name)];
    // One of two ways to give the secret.
    expect(given).toEqual(expect.arrayContaining(documented.filter((name) => name !== 'ROUTER_SECRET_FILE')));
  });

  it('probe and scrape where neither HSS nor the secret is needed', async () => {
    const HSS_ENDPOINT = 'http://127.0.0.1:1';
    const gateway = await spawnGateway({
      ...environment,
      HSS_ENDPOINT,
      PORT: '0',
      ADMIN_PORT: '0',
      ROUTER_SECRET: 'secret',
    });
    await gateway.url();
    const admin = String(gateway.log().find(({ msg }) => msg === 'listening')!.admin).replace('0.0.0.0', '127.0.0.1');
    const probes = [container.startupProbe, container.readinessProbe, container.livenessProbe];
    const monitor = parseAllDocuments(readFileSync(join(folder, '../prometheus/pod-monitor.yaml'), 'utf8'))[0]!.toJS();
    const [scraped] = monitor.spec.podMetricsEndpoints;
    expect(monitor.spec.selector.matchLabels).toEqual(labels);
    for (const port of [...probes.map((probe) => probe!.httpGet!.port), scraped.port]) expect(port).toBe('admin');
    for (const path of [...probes.map((probe) => probe!.httpGet!.path!), scraped.path])
      expect((await fetch(new URL(path, admin))).status, path).toBe(200);
  });

  it('give a pod the time that the gateway takes to end', () => {
    const drainMs = drainDelayMs + readConfig(environment).operationTimeoutMs + graceMs;
    const preStopMs = container.lifecycle!.preStop!.sleep!.seconds * 1000;
    expect(pod.terminationGracePeriodSeconds! * 1000).toBeGreaterThan(preStopMs + drainMs);
    // A pod is off the lists before it stops to listen.
    const { periodSeconds = 10, failureThreshold = 3 } = container.readinessProbe!;
    expect(preStopMs + drainDelayMs).toBeGreaterThan(periodSeconds * failureThreshold * 1000);
  });
});

/** What TypeScript's compiler says of a module: types refuse the unknown fields that JSON schemas let pass. */
function complaintsOf(source: string): string[] {
  const file = join(project, 'test/deploy/manifests.ts');
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2023,
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
  };
  const files = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...files,
    fileExists: (path) => path === file || files.fileExists(path),
    getSourceFile: (path, language) =>
      path === file ? ts.createSourceFile(path, source, language) : files.getSourceFile(path, language),
  };
  return ts
    .getPreEmitDiagnostics(ts.createProgram([file], options, host))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}
