/**
 * Says that nobody waits any more for what is under way, and why. An AbortSignal says the same; to make one and to listen to
 * it costs ten times as much, and a request and each of its calls have one (docs/decisions/0007-an-http-edge-of-our-own.md).
 */
export class Cancellation<Reason = true> {
  #reason: Reason | null = null;
  readonly #listeners = new Set<(reason: Reason) => void>();

  /** Null: it is not cancelled. */
  get reason(): Reason | null {
    return this.#reason;
  }

  /** Tells all who listen, once. */
  cancel(reason: Reason): void {
    if (this.#reason !== null) return;
    this.#reason = reason;
    for (const listener of this.#listeners) listener(reason);
  }

  /** A listener is told of what comes, not of what has been. */
  onCancel(listener: (reason: Reason) => void): void {
    this.#listeners.add(listener);
  }

  offCancel(listener: (reason: Reason) => void): void {
    this.#listeners.delete(listener);
  }
}
