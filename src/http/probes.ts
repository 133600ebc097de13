import { refuse } from './graphql-response.ts';
import type { HttpResponse, Route } from './request.ts';

export interface ProbesOptions {
  /** Whether the gateway takes no new work. */
  readonly isDraining: () => boolean;
  /** Whether HSS answers; null: it has not been asked yet. */
  readonly isHssAnswering: () => boolean | null;
  readonly hasSimulator: boolean;
  readonly metrics: { readonly contentType: string; readonly text: () => Promise<string> };
  readonly onMetricsFailed: (error: unknown) => void;
}

/** What a platform asks of the process: whether it lives, whether it serves, and its metrics. */
export interface Probes {
  readonly health: Route;
  readonly ready: Route;
  readonly metrics: Route;
}

export function createProbes(options: ProbesOptions): Probes {
  const { isDraining, isHssAnswering, hasSimulator, metrics, onMetricsFailed } = options;
  return {
    health: byGet(() => ({ status: 200, headers: {}, body: null })),
    ready: byGet(() => {
      const status = isDraining() ? 'draining' : 'serving';
      const isAnswering = isHssAnswering();
      const hss = isAnswering === null ? 'unknown' : isAnswering ? 'answering' : 'failing';
      const body = JSON.stringify({ status, hss, ...(hasSimulator && { simulator: true }) });
      return { status: isDraining() ? 503 : 200, headers: { 'content-type': 'application/json' }, body };
    }),
    metrics: byGet(async (): Promise<HttpResponse> => {
      try {
        return { status: 200, headers: { 'content-type': metrics.contentType }, body: await metrics.text() };
      } catch (error) {
        onMetricsFailed(error);
        return { status: 503, headers: {}, body: null };
      }
    }),
  };
}

/** Probes and scrapes ask by GET or HEAD. */
function byGet(route: Route): Route {
  return (request, requestId) =>
    request.method === 'GET' || request.method === 'HEAD'
      ? route(request, requestId)
      : refuse(request, 405, 'method', 'Use GET.', { allow: 'GET, HEAD' });
}
