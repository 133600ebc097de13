import { useEffect, useState } from 'react';

/** Whole seconds until a time, counted down to 0. */
export function useSecondsLeft(time: number | null): number {
  const [now, setNow] = useState(Date.now);
  const isOver = time === null || time <= now;

  useEffect(() => {
    if (isOver) return;
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, [isOver]);

  return isOver ? 0 : Math.ceil((time - now) / 1000);
}
