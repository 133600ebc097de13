import { maxInt } from '../../max-int.ts';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Retry-After in seconds from now, or null; a date is compared with the answer's own, as clocks differ. */
export function readRetryAfter({ 'retry-after': value, date }: Headers): number | null {
  if (typeof value !== 'string') return null;
  if (/^\d{1,15}$/.test(value)) return Math.min(Number(value), maxInt);
  const at = readDate(value);
  if (at === null) return null;
  const seconds = Math.ceil((at - (readDate(date) ?? Date.now())) / 1000);
  return Math.min(Math.max(0, seconds), maxInt);
}

/** An HTTP date ends in GMT. */
function readDate(text: string | string[] | undefined): number | null {
  const at = typeof text === 'string' && text.endsWith(' GMT') ? Date.parse(text) : NaN;
  return Number.isNaN(at) ? null : at;
}
