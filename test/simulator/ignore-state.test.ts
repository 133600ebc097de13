import { describe, expect, it } from 'vitest';
import type { Talk } from './talk.ts';
import { firstPort, startTalk, toError } from './talk.ts';

const statuses = async ({ page }: Talk, query: string) =>
  (await page(query)).data_list.map((row) => `${String(row.port)} ${String(row.status)}`);

async function riskyPort(talk: Talk, port: number) {
  const [row] = (await talk.page(`host_id=risky-host&port=${String(port)}`)).data_list;
  return { agent_id: String(row?.agent_id), port, port_type: 'TCP' };
}

describe('an ignored port', () => {
  it('is remembered, and forgotten when it is no longer to be ignored', async () => {
    const talk = await startTalk();
    const target = await firstPort(talk);
    const isIgnored = () =>
      talk.simulator.isIgnored({ agentId: target.agent_id, port: target.port, type: target.port_type });

    await talk.modify({ operate_type: 'ignore', data_list: [target] });
    expect(isIgnored()).toBe(true);

    await talk.modify({ operate_type: 'not_ignore', data_list: [target] });
    expect(isIgnored()).toBe(false);
  });

  it('looks in the list as it did before', async () => {
    const talk = await startTalk();
    const before = await talk.page('host_id=risky-host');

    await talk.modify({ operate_type: 'ignore', data_list: [await riskyPort(talk, 23)] });

    expect(await talk.page('host_id=risky-host')).toEqual(before);
  });

  it('is no longer dangerous where the switch says so, and is again afterwards', async () => {
    const talk = await startTalk({ ignoredPortView: 'normal' });
    const data_list = [await riskyPort(talk, 445)];

    await talk.modify({ operate_type: 'ignore', data_list });
    expect(await statuses(talk, 'host_id=risky-host&port=445')).toEqual(['445 normal', '445 normal']);
    expect(await statuses(talk, 'host_id=risky-host&status=danger')).toEqual(['21 danger', '23 danger', '3389 danger']);

    await talk.modify({ operate_type: 'not_ignore', data_list });
    expect(await statuses(talk, 'host_id=risky-host&port=445')).toEqual(['445 danger', '445 danger']);
  });

  it('is gone where the switch says so', async () => {
    const talk = await startTalk({ ignoredPortView: 'removed' });

    await talk.modify({ operate_type: 'ignore', data_list: [await riskyPort(talk, 445)] });

    expect(await talk.page('host_id=risky-host')).toMatchObject({ total_num: 6 });
  });

  it('shows late where the switch says so, though it is ignored at once', async () => {
    const talk = await startTalk({ ignoredPortView: 'removed', ignoreDelayMs: 3_000 });
    const { agent_id: agentId, port, port_type: type } = await riskyPort(talk, 23);

    await talk.modify({ operate_type: 'ignore', data_list: [{ agent_id: agentId, port, port_type: type }] });
    expect(talk.simulator.isIgnored({ agentId, port, type })).toBe(true);
    expect(await talk.page('host_id=risky-host')).toMatchObject({ total_num: 8 });

    await expect.poll(() => talk.page('host_id=risky-host')).toMatchObject({ total_num: 7 });
  });

  it('is one of one container only', async () => {
    const talk = await startTalk({ ignoredPortView: 'removed' });
    const query = 'host_id=container-host&category=container&enterprise_project_id=0';
    const [first] = (await talk.page(`${query}&port=8080`)).data_list;
    const { agent_id, container_id } = first ?? {};

    await talk.modify(
      { operate_type: 'ignore', data_list: [{ agent_id, container_id, port: 8080, port_type: 'TCP' }] },
      'category=container',
    );

    const left = (await talk.page(`${query}&port=8080`)).data_list;
    expect(left).toHaveLength(1);
    expect(left[0]?.container_id).not.toBe(container_id);
  });

  it('is unheard of by a list of another simulator, and after clearIgnored', async () => {
    const talk = await startTalk({ ignoredPortView: 'removed' });
    const other = await startTalk({ ignoredPortView: 'removed' });
    await talk.modify({ operate_type: 'ignore', data_list: [await firstPort(talk)] });

    expect(await other.page('host_id=host-1')).toMatchObject({ total_num: 1 });
    talk.simulator.clearIgnored();
    expect(await talk.page('host_id=host-1')).toMatchObject({ total_num: 1 });
  });

  it('may be a row of an added host', async () => {
    const talk = await startTalk({ ignoredPortView: 'removed' });
    talk.simulator.addHost({ hostId: 'mine', rows: [{ agent_id: 'a', port: 22, type: 'TCP' }, { port: 23 }] });

    await talk.modify({ operate_type: 'ignore', data_list: [{ agent_id: 'a', port: 22, port_type: 'TCP' }] });

    expect((await talk.page('host_id=mine')).data_list).toEqual([{ port: 23 }]);
  });
});

describe('a batch', () => {
  it('changes what it knows and passes over the rest', async () => {
    const talk = await startTalk();
    const target = await firstPort(talk);

    const answer = await talk.modify({ operate_type: 'ignore', data_list: [{ ...target, port: 9 }, target] });

    expect(answer.status).toBe(200);
    const state = [target.port, 9].map((port) =>
      talk.simulator.isIgnored({ agentId: target.agent_id, port, type: 'TCP' }),
    );
    expect(state).toEqual([true, false]);
  });

  it('is refused as a whole for a port it does not know, where the switch says so', async () => {
    const talk = await startTalk({ unknownRow: 'reject' });
    const target = await firstPort(talk);

    const answer = await talk.modify({ operate_type: 'ignore', data_list: [target, { ...target, port: 9 }] });

    expect(toError(answer)).toBe('400 HSS.0011');
    expect(talk.simulator.isIgnored({ agentId: target.agent_id, port: target.port, type: 'TCP' })).toBe(false);
  });

  it('knows no port outside its enterprise project and category', async () => {
    const talk = await startTalk({ unknownRow: 'reject' });
    const body = { operate_type: 'ignore', data_list: [await firstPort(talk)] };

    expect(toError(await talk.modify(body, 'category=host&enterprise_project_id=ep-finance'))).toBe('400 HSS.0011');
    expect(toError(await talk.modify(body, 'category=container'))).toBe('400 HSS.0011');
    expect(await talk.modify(body, 'category=host&enterprise_project_id=all_granted_eps')).toMatchObject({
      status: 200,
    });
  });

  it('may be repeated, unless the switch says otherwise', async () => {
    const talk = await startTalk();
    const body = { operate_type: 'ignore', data_list: [await firstPort(talk)] };

    expect(await talk.modify(body)).toMatchObject({ status: 200 });
    expect(await talk.modify(body)).toMatchObject({ status: 200 });
    talk.simulator.switches.repeatedIgnore = 'reject';
    expect(toError(await talk.modify(body))).toBe('400 HSS.1105');
    expect(await talk.modify({ ...body, operate_type: 'not_ignore' })).toMatchObject({ status: 200 });
    expect(await talk.modify(body)).toMatchObject({ status: 200 });
  });
});
