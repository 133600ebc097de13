import { useState } from 'react';
import { HostList } from './hosts/host-list.tsx';
import { HostPorts } from './ports/host-ports.tsx';
import { firstHosts } from './simulator.ts';

export function Triage() {
  const [ids, setIds] = useState(firstHosts);
  const [chosen, setChosen] = useState(firstHosts[0] ?? null);

  function choose(id: string) {
    if (!ids.includes(id)) setIds([...ids, id]);
    setChosen(id);
  }

  return (
    <div className="triage">
      <HostList ids={ids} chosen={chosen} onChoose={choose} />
      <main>
        {chosen === null ? (
          <p className="empty">Which server? Type its id: HSS and ECS know it by the same.</p>
        ) : (
          <HostPorts key={chosen} hostId={chosen} />
        )}
      </main>
    </div>
  );
}
