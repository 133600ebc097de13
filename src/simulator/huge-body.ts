const rowsPerPiece = 400;
const pieces = 256;

/** A list of one port over and over, 18 MiB in pieces that make valid JSON together. */
export function* hugeBody(): Generator<string> {
  const row = JSON.stringify({
    agent_id: 'f'.repeat(64),
    container_id: '',
    host_id: 'huge',
    laddr: '0.0.0.0',
    path: '/usr/sbin/sshd',
    pid: 1,
    port: 22,
    status: 'unknow',
    type: 'TCP',
  });
  const piece = Array.from({ length: rowsPerPiece }, () => row).join(',');
  yield '{"data_list":[';
  for (let sent = 0; sent < pieces; sent += 1) yield sent === 0 ? piece : `,${piece}`;
  yield `],"total_num":${String(rowsPerPiece * pieces)}}`;
}
