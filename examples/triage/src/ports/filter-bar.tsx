import { useId, useRef } from 'react';
import type { TransportProtocol } from '../graphql/generated/graphql.ts';
import { noFilters, readPorts, type Filters } from './filters.ts';

interface FilterBarProps {
  readonly filters: Filters;
  readonly onFilters: (filters: Filters) => void;
}

const protocols: readonly TransportProtocol[] = ['TCP', 'UDP', 'TCP6', 'UDP6'];

export function FilterBar({ filters, onFilters }: FilterBarProps) {
  const id = useId();
  const first = useRef<HTMLSelectElement>(null);
  const { protocol, ports, text } = filters;
  const isUnreadable = readPorts(ports) === null;
  const isFiltered = protocol !== null || ports !== '' || text !== '';

  function clear() {
    onFilters({ ...noFilters, status: filters.status });
    // The button goes away, and would take the focus with it.
    first.current?.focus();
  }

  return (
    <div className="filters" role="search" aria-label="Filters">
      <label>
        <span>Protocol</span>
        <select
          ref={first}
          value={protocol ?? ''}
          onChange={({ target }) => {
            onFilters({ ...filters, protocol: target.value === '' ? null : (target.value as TransportProtocol) });
          }}
        >
          <option value="">Any</option>
          {protocols.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <label>
        <span>Port</span>
        <input
          value={ports}
          inputMode="numeric"
          placeholder="22, 443"
          aria-invalid={isUnreadable}
          aria-describedby={isUnreadable ? id : undefined}
          onChange={({ target }) => onFilters({ ...filters, ports: target.value })}
        />
      </label>
      <label className="grows">
        <span>Path contains</span>
        <input
          type="search"
          value={text}
          placeholder="sshd"
          maxLength={256}
          onChange={({ target }) => onFilters({ ...filters, text: target.value })}
        />
      </label>
      {isFiltered && (
        <button type="button" className="quiet" aria-label="Clear filters" onClick={clear}>
          Clear
        </button>
      )}
      {isUnreadable && (
        <p id={id} className="hint">
          Numbers from 1 to 65535, please.
        </p>
      )}
    </div>
  );
}
