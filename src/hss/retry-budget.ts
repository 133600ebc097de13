/** Retries are paid for by first attempts, so that an HSS in trouble gets a fifth more calls at most, not thrice as many. */
export interface RetryBudget {
  earn(): void;
  /** Whether one retry could be paid. */
  spend(): boolean;
}

const earnedByAttempt = 0.2;
/** What a quiet gateway has saved: enough for the retries of one large operation. */
const mostSaved = 100;

export function createRetryBudget(): RetryBudget {
  let saved = mostSaved;
  return {
    earn: () => {
      saved = Math.min(mostSaved, saved + earnedByAttempt);
    },
    spend: () => {
      if (saved < 1) return false;
      saved -= 1;
      return true;
    },
  };
}
