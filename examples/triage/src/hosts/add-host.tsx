import { useId } from 'react';
import { simulatedHosts } from '../simulator.ts';

/** Picks a host or takes the id of another. */
export function AddHost({ onAdd }: { readonly onAdd: (id: string) => void }) {
  const id = useId();
  const listId = useId();

  function submit(form: FormData) {
    const host = (form.get('host') as string).trim();
    if (host !== '') onAdd(host);
  }

  return (
    <form action={submit} className="add-host">
      <label htmlFor={id}>Host</label>
      <div className="joined">
        <input
          id={id}
          name="host"
          list={listId}
          placeholder="Id of a server"
          autoComplete="off"
          maxLength={128}
          required
        />
        <button type="submit">Show</button>
      </div>
      <datalist id={listId}>
        {simulatedHosts.map((host) => (
          <option key={host.id} value={host.id}>
            {host.note}
          </option>
        ))}
      </datalist>
    </form>
  );
}
