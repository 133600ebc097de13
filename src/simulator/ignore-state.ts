/** What a write addresses: every row with these four values. */
export interface IgnoreTarget {
  readonly agentId: string;
  readonly port: number;
  readonly type: string;
  readonly containerId?: string;
}

/** Which ports are ignored, as accepted and as the list shows it. */
export interface IgnoreState {
  /** False until a port is first ignored. */
  readonly isUsed: boolean;
  readonly set: (key: string, ignored: boolean, delayMs: number) => void;
  readonly isIgnored: (key: string) => boolean;
  readonly isShownIgnored: (key: string) => boolean;
  readonly clear: () => void;
}

/** The state key of a target; no container and an empty container id are the same. */
export function toIgnoreKey({ agentId, port, type, containerId = '' }: IgnoreTarget): string {
  return JSON.stringify([agentId, port, type, containerId]);
}

/** A state in which nothing is ignored. */
export function createIgnoreState(): IgnoreState {
  const entries = new Map<
    string,
    { readonly ignored: boolean; readonly before: boolean; readonly shownFrom: number }
  >();

  function isShownIgnored(key: string): boolean {
    const entry = entries.get(key);
    if (!entry) return false;
    return Date.now() >= entry.shownFrom ? entry.ignored : entry.before;
  }

  return {
    get isUsed() {
      return entries.size > 0;
    },
    set(key, ignored, delayMs) {
      entries.set(key, { ignored, before: isShownIgnored(key), shownFrom: Date.now() + delayMs });
    },
    isIgnored: (key) => entries.get(key)?.ignored ?? false,
    isShownIgnored,
    clear() {
      entries.clear();
    },
  };
}
