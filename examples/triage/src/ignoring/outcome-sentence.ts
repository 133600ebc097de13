import type { Result } from './use-set-port-ignore.ts';

/** What became of asking, to be said: `2 ignored, 1 rejected.` */
export function outcomeSentence(ignore: boolean, results: readonly Result[]): string {
  const words = {
    ACCEPTED: ignore ? 'ignored' : 'no longer ignored',
    REJECTED: 'rejected',
    UNKNOWN: 'may have happened',
  } as const;
  const parts = (['ACCEPTED', 'REJECTED', 'UNKNOWN'] as const).flatMap((outcome) => {
    const count = results.filter((result) => result.outcome === outcome).length;
    return count > 0 ? [`${count.toLocaleString('en')} ${words[outcome]}`] : [];
  });
  return `${parts.join(', ')}.`;
}
