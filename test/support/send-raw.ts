import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

/** What a server answers to bytes as they are: fetch would refuse to send some of these. The head asks for the end. */
export async function sendRaw(url: string, head: readonly string[], body = ''): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1').setEncoding('latin1');
  socket.write(`${head.join('\r\n')}\r\n\r\n${body}`, 'latin1');
  return text(socket);
}
