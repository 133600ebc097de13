import { isSimulated } from './simulator.ts';

export function Header({ onLeave }: { readonly onLeave: (() => void) | null }) {
  return (
    <header className="header">
      <h1>Open ports</h1>
      {isSimulated && (
        <p className="simulated">
          Simulated data<span>: no server of yours</span>
        </p>
      )}
      {onLeave && (
        <button type="button" className="quiet" onClick={onLeave}>
          Change token
        </button>
      )}
    </header>
  );
}
