/** The least that any gateway does: node:http, one call by undici, the bytes of the answer. */
import { createServer } from 'node:http';
import process from 'node:process';
import { Pool } from 'undici';

const pool = new Pool(process.env.HSS_ENDPOINT, { connections: 50, pipelining: 1 });

createServer((request, response) => {
  const headers = { 'x-auth-token': request.headers['x-auth-token'] };
  pool.dispatch(
    { method: 'GET', path: request.url, headers },
    {
      onRequestStart: () => undefined,
      onResponseStart: (_controller, status) => response.writeHead(status, { 'content-type': 'application/json' }),
      onResponseData: (_controller, chunk) => response.write(chunk),
      onResponseEnd: () => response.end(),
      onResponseError: () => response.destroy(),
    },
  );
}).listen(Number(process.env.PORT), '127.0.0.1');
