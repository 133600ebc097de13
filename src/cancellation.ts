/**
 * Signals that nobody waits any longer for work under way, and why. An AbortSignal does the same, but making one and
 * listening to it costs ten times as much, and a request and each of its calls have one
 * (docs/decisions/0007-an-http-edge-of-our-own.md).
 */
export class Cancellation<Reason = true> {
  #reason: Reason | null = null;
  readonly #listeners = new Set<(reason: Reason) => void>();

  /** Null while not cancelled. */
  get reason(): Reason | null {
    return this.#reason;
  }

  /** Calls every listener, once. */
  cancel(reason: Reason): void {
    if (this.#reason !== null) return;
    this.#reason = reason;
    for (const listener of this.#listeners) listener(reason);
  }

  /** A listener hears of a later `cancel`, not of an earlier one. */
  onCancel(listener: (reason: Reason) => void): void {
    this.#listeners.add(listener);
  }

  offCancel(listener: (reason: Reason) => void): void {
    this.#listeners.delete(listener);
  }
}
