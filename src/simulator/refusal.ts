/** Thrown when HSS, or the gateway in front of it, refuses a request; the code's prefix says which of the two. */
export class Refusal extends Error {
  readonly code: string;
  readonly status: number;
  readonly detail: string | null;

  constructor(code: string, status = 400, detail: string | null = null) {
    super(`${code} (${String(status)})`);
    this.name = 'Refusal';
    this.code = code;
    this.status = status;
    this.detail = detail;
  }
}
