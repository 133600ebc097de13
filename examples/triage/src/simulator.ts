/** Whether the gateway shows its simulator's ports: `npm run triage` says so where no HSS_ENDPOINT is set. */
export const isSimulated = import.meta.env.VITE_SIMULATED === 'true';

/** The simulator takes any token. */
export const simulatorToken: string | null = isSimulated ? 'demo-token' : null;

interface SimulatedHost {
  readonly id: string;
  readonly note: string;
}

/** Hosts that the simulator knows, and what each is for. */
export const simulatedHosts: readonly SimulatedHost[] = isSimulated
  ? [
      { id: 'risky-host', note: 'dangerous ports' },
      { id: 'rehearse-ignoring', note: 'ports whose ignoring is accepted, slow, rejected, unknown, impossible' },
      { id: 'rehearse-forbidden', note: 'the token may not see it' },
      { id: 'host-350', note: '350 ports' },
      { id: 'this-machine', note: 'the sockets of this computer (Linux)' },
      { id: 'rehearse-broken-halfway', note: '1,000 ports, of which HSS gives 400' },
      { id: 'rehearse-long', note: '12,000 ports' },
      { id: 'rehearse-throttled', note: 'HSS throttles' },
      { id: 'rehearse-slow', note: 'HSS takes 3 seconds' },
      { id: 'rehearse-timeout', note: 'HSS never answers' },
      { id: 'rehearse-empty', note: 'no ports' },
    ]
  : [];

/** What the page opens on. */
export const firstHosts = simulatedHosts.slice(0, 4).map(({ id }) => id);
