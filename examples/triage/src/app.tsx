import { ApolloProvider } from '@apollo/client/react';
import { useMemo, useState } from 'react';
import { createClient } from './graphql/create-client.ts';
import { Header } from './header.tsx';
import { TokenForm } from './session/token-form.tsx';
import { simulatorToken } from './simulator.ts';
import { Triage } from './triage.tsx';

/** The token lives here, in memory, and nowhere else; a reload forgets it. */
export function App() {
  const [token, setToken] = useState(simulatorToken);
  const [isRefused, setIsRefused] = useState(false);
  // A client for each token: nothing that one has read is shown to another.
  const client = useMemo(() => {
    if (token === null) return null;
    return createClient({
      token,
      onUnauthenticated: () => {
        setIsRefused(true);
        setToken(null);
      },
    });
  }, [token]);

  function leave() {
    setIsRefused(false);
    setToken(null);
  }

  return (
    <>
      <Header onLeave={client && leave} />
      {client === null ? (
        <TokenForm isRefused={isRefused} onToken={setToken} />
      ) : (
        <ApolloProvider client={client}>
          <Triage />
        </ApolloProvider>
      )}
    </>
  );
}
