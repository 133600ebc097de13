import { useId } from 'react';
import { isSimulated } from '../simulator.ts';

interface TokenFormProps {
  /** Whether HSS has just refused a token. */
  readonly isRefused: boolean;
  readonly onToken: (token: string) => void;
}

/** Asks for the token that goes to HSS as `X-Auth-Token`. */
export function TokenForm({ isRefused, onToken }: TokenFormProps) {
  const id = useId();

  function submit(form: FormData) {
    const token = (form.get('token') as string).trim();
    if (token !== '') onToken(token);
  }

  return (
    <main className="session">
      <form action={submit} className="card">
        <h2>{isRefused ? 'HSS does not accept this token' : 'Your token, please'}</h2>
        <p>
          {isSimulated ? 'The simulator takes any token.' : 'An IAM token of your account, scoped to the project.'} It
          stays in this page’s memory; a reload forgets it.
        </p>
        <label htmlFor={id}>X-Auth-Token</label>
        {/* No name that a password manager would offer to keep. */}
        <input id={id} name="token" type="password" autoComplete="off" maxLength={32_768} required autoFocus />
        <button type="submit" className="primary">
          Show ports
        </button>
      </form>
    </main>
  );
}
