import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gatewayError, hssError } from '../../src/simulator/error-replies.ts';
import type { RecordedCall } from '../../src/simulator/recorder.ts';
import { findChromium, launch } from '../support/chromium.ts';
import { installExample } from '../support/install-example.ts';
import {
  buildExample,
  contrastOf,
  giveToken,
  holdRequests,
  exampleFolder,
  openTriage,
  screenshot,
  showHost,
  shownOf,
} from './open-triage.ts';

const browser = await findChromium();
const missing = 'missing' in browser ? browser.missing : await installExample(exampleFolder);
if (missing !== null) console.warn(`The triage example is NOT tried in a browser: ${missing}.`);

const isWrite = ({ method }: RecordedCall): boolean => method === 'POST';

describe.skipIf(missing !== null)('the triage example', () => {
  let chromium: Browser;
  beforeAll(async () => {
    await buildExample();
    chromium = await launch((browser as { executablePath: string }).executablePath);
  });
  afterAll(() => chromium.close());

  describe('the token', () => {
    it('is asked for, goes to HSS, and is kept in memory only', async () => {
      const { page, gateway, faults } = await openTriage(chromium, { token: null });
      await screenshot(page, 'token');
      expect(gateway.simulator.calls).toEqual([]);

      await giveToken(page, 'a token of mine');
      await showHost(page, 'risky-host');
      await page.getByText('8 of 8 ports').waitFor();

      expect(new Set(gateway.simulator.calls.map(({ headers }) => headers['x-auth-token']))).toEqual(
        new Set(['a token of mine']),
      );
      expect(await page.context().storageState()).toEqual({ cookies: [], origins: [] });
      expect(await page.evaluate('sessionStorage.length')).toBe(0);
      await page.reload();
      await page.getByLabel('X-Auth-Token').waitFor();
      expect(faults).toEqual([]);
    });

    it('is asked for anew where HSS does not accept it', async () => {
      const { page } = await openTriage(chromium, {
        token: 'old',
        simulator: { strictTokens: [{ token: 'new' }] },
        hosts: [],
      });
      await showHost(page, 'risky-host').catch(() => undefined);
      await page.getByRole('heading', { name: 'HSS does not accept this token' }).waitFor();

      await giveToken(page, 'new');
      await showHost(page, 'risky-host');
      await page.getByText('8 of 8 ports').waitFor();
    });
  });

  describe('the table', () => {
    it('shows the ports of a host and how many of each status, by documents that go by their hash', async () => {
      const { page, rows, sent, faults } = await openTriage(chromium);

      await rows(23).getByRole('cell', { name: 'telnetd' }).waitFor();
      for (const name of ['All 8', 'Danger 5', 'Unknown 1', 'Normal 2']) {
        await page.getByRole('group', { name: 'Status' }).getByRole('button', { name }).waitFor();
      }
      await page.getByRole('button', { name: /risky-host 8 ports · 5 dangerous/ }).waitFor();

      expect(sent.map((body) => Object.keys(JSON.parse(body) as object))).not.toContainEqual(
        expect.arrayContaining(['query']),
      );
      expect(faults).toEqual([]);
    });

    it('filters by status, protocol, port and text', async () => {
      const { page, gateway, rows } = await openTriage(chromium);
      await rows(68).waitFor();

      await page.getByRole('button', { name: /^Normal/ }).click();
      await page.getByText('2 of 2 ports').waitFor();
      await page.getByRole('button', { name: /^All/ }).click();
      await page.getByLabel('Protocol').selectOption('UDP');
      await page.getByText('1 of 1 ports').waitFor();
      await page.getByLabel('Protocol').selectOption('Any');
      await page.getByLabel('Port', { exact: true }).fill('22, 445');
      await page.getByText('3 of 3 ports').waitFor();
      await page.getByLabel('Port', { exact: true }).fill('70000');
      await page.getByText('Numbers from 1 to 65535').waitFor();
      await page.getByRole('button', { name: 'Clear' }).first().click();
      await page.getByLabel('Path contains').fill('SSHD');
      await page.getByText('1 of 1 ports').waitFor();
      await rows(22).waitFor();

      const asked = gateway.simulator.calls.map(({ query }) => query);
      expect(asked.some((query) => query.status === 'normal')).toBe(true);
      expect(asked.some((query) => query.type === 'UDP')).toBe(true);
      expect(asked.some((query) => query.port === '70000')).toBe(false);
    });

    it('sorts by a column and back', async () => {
      const { page } = await openTriage(chromium);
      const first = page.getByRole('row').nth(1);
      await first.getByRole('cell', { name: 'vsftpd' }).waitFor();

      await page.getByRole('button', { name: 'Process' }).click();
      await first.getByRole('cell', { name: 'dhclient' }).waitFor();
      expect(await page.getByRole('columnheader', { name: 'Process' }).getAttribute('aria-sort')).toBe('ascending');
      await page.getByRole('button', { name: 'Process' }).click();
      await first.getByRole('cell', { name: 'xrdp' }).waitFor();
      expect(await page.getByRole('columnheader', { name: 'Process' }).getAttribute('aria-sort')).toBe('descending');
    });

    it('reads on while it is scrolled, and draws no more rows than are in sight', async () => {
      const { page, gateway } = await openTriage(chromium, { hosts: ['host-350'] });
      await page.getByText('100 of 350 ports').waitFor();
      expect(gateway.simulator.calls.filter(({ query }) => query.offset !== '0')).toEqual([]);

      for (const read of [200, 300, 350]) {
        await page.getByRole('region', { name: 'Ports', exact: true }).evaluate((scroller) => {
          scroller.scrollTop = scroller.scrollHeight;
        });
        await page.getByText(`${read} of 350 ports`).waitFor();
      }
      await page.getByRole('region', { name: 'Ports', exact: true }).evaluate((scroller) => {
        scroller.scrollTop = scroller.scrollHeight;
      });
      await page.getByRole('cell', { name: '1373', exact: false }).first().waitFor();

      expect(await page.getByRole('row').count()).toBeLessThan(60);
    });

    it('stays where it is when it is read again', async () => {
      const { page, sent } = await openTriage(chromium, { hosts: ['host-350'] });
      const scroller = page.getByRole('region', { name: 'Ports', exact: true });
      for (const read of [100, 200, 300]) {
        await page.getByText(`${read} of 350 ports`).waitFor();
        await scroller.evaluate((element, rows) => (element.scrollTop = (rows - 21) * 44), read);
      }
      await page.getByText('350 of 350 ports').waitFor();
      const before = await scroller.evaluate(({ scrollTop }) => scrollTop);
      const earlier = sent.length;
      const answered = page.waitForResponse((response) => response.request().postData()?.includes('"first"') ?? false);

      await page.getByRole('button', { name: 'Read again' }).click();
      await answered;
      await page.getByText('350 of 350 ports').waitFor();
      expect(await scroller.evaluate(({ scrollTop }) => scrollTop)).toBe(before);
      expect(sent.slice(earlier).filter((body) => body.includes('"first"'))).toEqual([
        expect.stringContaining('"first":350'),
      ]);
    });

    it('says why the next rows are not there, and goes on where it stopped', async () => {
      const { page, gateway } = await openTriage(chromium, { hosts: ['host-350'] });
      await page.getByText('100 of 350 ports').waitFor();
      gateway.simulator.on({
        when: ({ query }) => query.offset === '100',
        answer: hssError('HSS.0010'),
        times: 1,
      });

      const scroller = page.getByRole('region', { name: 'Ports', exact: true });
      await scroller.evaluate((element) => (element.scrollTop = element.scrollHeight));
      await page.getByRole('alert').getByText('FORBIDDEN').waitFor();
      await page.getByRole('alert').getByRole('button', { name: 'Try again' }).click();
      await page.getByText('200 of 350 ports').waitFor();
    });

    it('keeps its rows where reading them again fails, and says why', async () => {
      const { page, rows } = await openTriage(chromium);
      await page.getByText('8 of 8 ports').waitFor();
      await page.context().setOffline(true);

      await page.getByRole('button', { name: 'Read again' }).click();
      const failure = page.getByRole('main').getByRole('alert');
      await failure.getByText('NO_ANSWER').waitFor();
      await page.getByText('8 of 8 ports').waitFor();
      await rows(23).waitFor();
      await page.context().setOffline(false);
      await failure.getByRole('button', { name: 'Try again' }).click();
      await failure.waitFor({ state: 'detached' });
      await page.getByText('8 of 8 ports').waitFor();
    });

    it('says nothing of a failure where another list is shown', async () => {
      const { page } = await openTriage(chromium);
      await page.getByText('8 of 8 ports').waitFor();
      await page.context().setOffline(true);
      await page.getByRole('button', { name: 'Read again' }).click();
      await page.getByRole('main').getByText('NO_ANSWER').waitFor();
      await page.context().setOffline(false);

      await page.getByRole('button', { name: /^Normal/ }).click();
      await page.getByText('2 of 2 ports').waitFor();
      expect(await page.getByRole('alert').count()).toBe(0);
    });

    it('has its counts back with its rows after an outage', async () => {
      const { page } = await openTriage(chromium);
      await page.getByText('8 of 8 ports').waitFor();
      await page.context().setOffline(true);
      await showHost(page, 'host-350');
      await page.getByRole('main').getByText('NO_ANSWER').waitFor();
      await page.context().setOffline(false);

      await page.getByRole('main').getByRole('button', { name: 'Try again' }).click();
      await page.getByText('100 of 350 ports').waitFor();
      await page.getByRole('button', { name: 'All 350' }).waitFor();
    });

    it('reads the counts of its tabs and of the host’s card again with its rows', async () => {
      const { page, gateway } = await openTriage(chromium);
      await page.getByLabel('Protocol').selectOption('UDP');
      await page.getByText('1 of 1 ports').waitFor();
      await page.getByRole('button', { name: 'All 1' }).waitFor();
      const before = gateway.simulator.calls.length;

      await page.getByRole('button', { name: 'Read again' }).click();
      const counted = () =>
        gateway.simulator.calls
          .slice(before)
          .filter(({ query }) => query.status === 'danger')
          .map(({ query }) => query.type ?? 'any')
          .sort();
      await expect.poll(counted).toEqual(['UDP', 'any']);
    });

    it('opens at its top when it is sorted or filtered, and reads no more than that', async () => {
      const { page, sent } = await openTriage(chromium, { hosts: ['host-350'] });
      const scroller = page.getByRole('region', { name: 'Ports', exact: true });
      for (const read of [100, 200, 300, 350]) {
        await page.getByText(`${read} of 350 ports`).waitFor();
        await scroller.evaluate((element) => (element.scrollTop = element.scrollHeight));
      }
      const scrollTop = () => scroller.evaluate((element) => element.scrollTop);
      const lists = () => sent.filter((body) => body.includes('"OpenPorts"')).length;
      const before = lists();

      await page.getByRole('button', { name: 'Process' }).click();
      await page.getByText('100 of 350 ports', { exact: true }).waitFor();
      expect([await scrollTop(), lists()]).toEqual([0, before + 1]);

      // From the cache, which has all of it.
      for (const sorted of ['descending', 'none']) {
        await page.getByRole('button', { name: 'Process' }).click();
        await page.locator(`[aria-sort="${sorted}"]`, { hasText: 'Process' }).waitFor();
      }
      await page.getByText('350 of 350 ports', { exact: true }).waitFor();
      await scroller.evaluate((element) => (element.scrollTop = 7000));
      await page.getByRole('button', { name: /^Danger/ }).click();
      await page.getByText('87 of 87 ports', { exact: true }).waitFor();
      expect([await scrollTop(), lists()]).toEqual([0, before + 3]);
      await page.getByRole('button', { name: /^All/ }).click();
      await page.getByText('350 of 350 ports', { exact: true }).waitFor();
      expect([await scrollTop(), lists()]).toEqual([0, before + 3]);
    });

    it('sorts first by what is first in triage: low numbers, danger', async () => {
      const { page } = await openTriage(chromium);
      for (const [name, sorted] of [
        ['Port', 'ascending'],
        ['PID', 'ascending'],
        ['Status', 'descending'],
      ] as const) {
        await page.getByRole('columnheader', { name, exact: true }).getByRole('button').click();
        expect(await page.getByRole('columnheader', { name, exact: true }).getAttribute('aria-sort')).toBe(sorted);
      }
    });

    it('advises to filter where a list is too long to be sorted', async () => {
      const { page } = await openTriage(chromium, { hosts: ['rehearse-long'] });
      await page.getByText('100 of 10,000 ports').waitFor();
      await page.getByRole('button', { name: 'Process' }).click();
      await page.getByRole('alert').getByText('COST_LIMIT_EXCEEDED').waitFor();
    });
  });

  describe('a host that fails', () => {
    it('says so beside one that is well, in one operation', async () => {
      const { page, sent } = await openTriage(chromium, { hosts: ['rehearse-forbidden', 'risky-host'] });

      const hosts = page.getByRole('navigation', { name: 'Hosts' }).getByRole('listitem');
      await hosts.filter({ hasText: 'rehearse-forbidden' }).getByText('FORBIDDEN', { exact: true }).waitFor();
      await hosts.filter({ hasText: 'risky-host' }).getByText('5 dangerous').waitFor();
      expect(await hosts.filter({ hasText: 'risky-host' }).getByRole('alert').count()).toBe(0);
      expect(sent.some((body) => body.includes('"ids":["rehearse-forbidden","risky-host"]'))).toBe(true);
    });

    it('counts down to when HSS may be asked again', async () => {
      const { page, gateway } = await openTriage(chromium, { hosts: ['rehearse-throttled'] });
      const again = page.getByRole('main').getByRole('button', { name: /Try again/ });
      await page.getByRole('main').getByText('UPSTREAM_RATE_LIMITED').waitFor();

      const secondsLeft = async (): Promise<number> => Number(/(\d+) s/.exec(await again.innerText())?.[1]);
      const before = await secondsLeft();
      expect(before).toBeGreaterThan(20);
      expect(await again.isDisabled()).toBe(true);
      await expect.poll(secondsLeft).toBeLessThan(before);

      expect(gateway.simulator.calls.length).toBeGreaterThan(0);
    });
  });

  describe('ignoring', () => {
    it('shows at once, on all rows that HSS ignores together, and can be undone', async () => {
      const { page, gateway, rows, ignore } = await openTriage(chromium);
      const release = await holdRequests(page);

      await ignore(445);
      for (const row of [0, 1]) await rows(445).nth(row).getByText('Ignored').waitFor();
      expect(gateway.simulator.calls.filter(isWrite)).toEqual([]);
      release();
      await expect.poll(() => gateway.log.filter(({ msg }) => msg === 'audit').length).toBe(1);
      await rows(445).nth(1).getByRole('button', { name: 'Undo ignoring 445 TCP' }).click();
      for (const row of [0, 1]) await rows(445).nth(row).getByRole('button', { name: 'Ignore 445 TCP' }).waitFor();

      await expect.poll(() => gateway.simulator.calls.filter(isWrite).length).toBe(2);
      const bodies = gateway.simulator.calls.filter(isWrite).map(({ body }) => body);
      expect(bodies).toMatchObject([{ operate_type: 'ignore' }, { operate_type: 'not_ignore' }]);
      expect(await page.getByRole('alert').count()).toBe(0);
    });

    it('takes many at once, in one write', async () => {
      const { page, gateway, rows } = await openTriage(chromium);
      await rows(21).waitFor();
      await page.getByLabel('Select all ports read so far').check();
      await page.getByLabel('Select port 22 TCP on 0.0.0.0').uncheck();
      await page.getByText('6 selected').waitFor();

      await page.getByRole('group', { name: 'Selected ports' }).getByRole('button', { name: 'Ignore' }).click();

      await rows(21).getByText('Ignored').waitFor();
      await rows(22).getByRole('button', { name: 'Ignore 22 TCP' }).waitFor();
      await expect.poll(() => gateway.simulator.calls.filter(isWrite).length).toBe(1);
      const [call] = gateway.simulator.calls.filter(isWrite);
      expect((call!.body as { data_list: object[] }).data_list).toHaveLength(6);
    });

    it('says how many of those selected are not in sight', async () => {
      const { page, rows } = await openTriage(chromium);
      for (const port of [22, 23]) await rows(port).getByRole('checkbox').check();
      await page.getByText('2 selected', { exact: true }).waitFor();
      await page.getByLabel('Port', { exact: true }).fill('23');
      await page.getByText('2 selected, 1 not shown', { exact: true }).waitFor();
    });

    it('falls back, and shows the code, where HSS rejects it', async () => {
      const { gateway, rows, ignore } = await openTriage(chromium);
      gateway.simulator.on({ when: isWrite, answer: hssError('HSS.0013'), times: 1 });

      await ignore(23);
      await rows(23).getByText('FORBIDDEN').waitFor();
      await rows(23).getByText('Not ignored').waitFor();
      await rows(23).getByRole('button', { name: 'Try again' }).click();
      await rows(23).getByText('Ignored', { exact: true }).waitFor();
    });

    it('offers to ask again where HSS gave no answer', async () => {
      const { gateway, rows, ignore } = await openTriage(chromium);
      gateway.simulator.on({ when: isWrite, answer: 'reset', applied: true, times: 1 });

      await ignore(23);
      await rows(23).getByText('May have happened').waitFor();
      await rows(23).getByRole('button', { name: 'Ask again for 23 TCP' }).click();
      await rows(23).getByText('Ignored', { exact: true }).waitFor();
      await expect.poll(() => gateway.simulator.calls.filter(isWrite).length).toBe(2);
    });

    it('waits where HSS throttles', async () => {
      const { gateway, rows, ignore } = await openTriage(chromium);
      const answer = { ...gatewayError('APIGW.0308', 429), headers: { 'retry-after': '40' } };
      gateway.simulator.on({ when: isWrite, answer, times: 1 });

      await ignore(23);
      await rows(23).getByText('UPSTREAM_RATE_LIMITED').waitFor();
      const again = rows(23).getByRole('button', { name: /Try again in \d+ s/ });
      expect(await again.isDisabled()).toBe(true);
    });

    it('says at rows that HSS cannot be told to ignore why', async () => {
      const { page, rows } = await openTriage(chromium, { hosts: ['rehearse-ignoring'] });

      await rows(8005).getByText('HSS ignores TCP and UDP, not TCP6').waitFor();
      await rows(8006).getByText('HSS names no agent').waitFor();
      expect(await page.getByLabel('Select port 8005 TCP6 on ::').isDisabled()).toBe(true);
      expect(await rows(8005).getByRole('button').count()).toBe(0);
    });

    it('is told once where nothing was asked of HSS', async () => {
      const { page, gateway, rows, ignore } = await openTriage(chromium);
      gateway.simulator.on({ when: isWrite, answer: gatewayError('APIGW.0307', 401), times: 1 });

      await ignore(23);
      await page.getByRole('heading', { name: 'HSS does not accept this token' }).waitFor();
      await giveToken(page, 'another');
      await showHost(page, 'risky-host');
      await rows(23).getByRole('button', { name: 'Ignore 23 TCP' }).waitFor();
    });
  });

  describe('to a keyboard and a screen reader', () => {
    it('no two buttons have one name, and each name begins with what is to be read', async () => {
      const { page, rows, ignore } = await openTriage(chromium, { hosts: ['rehearse-ignoring'] });
      const button = (name: string) => page.getByRole('button', { name, exact: true });

      await button('Ignore 8001 TCP on 0.0.0.0').waitFor();
      await button('Ignore 8001 TCP on ::').click();
      await button('Undo ignoring 8001 TCP on ::').getByText('Undo').waitFor();
      await ignore(8003);
      await button('Try again for 8003 TCP on 0.0.0.0').getByText('Try again').waitFor();
      await rows(8003).getByRole('checkbox').check();
      await page.getByLabel('Path contains').fill('e');
      await button('Clear selection').getByText('Clear').waitFor();
      await button('Clear filters').getByText('Clear').waitFor();
    });

    it('the focus stays where it was, whatever becomes of ignoring', async () => {
      const { page, gateway, rows, ignore } = await openTriage(chromium, { hosts: ['rehearse-ignoring'] });
      const focused = page.locator(':focus');

      await ignore(8003);
      await rows(8003).getByText('FORBIDDEN').waitFor();
      expect(await focused.innerText()).toBe('Try again');
      await ignore(8004);
      await rows(8004).getByText('May have happened').waitFor();
      expect(await focused.innerText()).toBe('Ask again');
      await focused.press('Enter');
      await rows(8004).getByText('Ignored', { exact: true }).waitFor();
      await expect.poll(() => gateway.simulator.calls.filter(isWrite).length).toBe(3);
      expect(await focused.innerText()).toBe('Undo');
      const answer = { ...gatewayError('APIGW.0308', 429), headers: { 'retry-after': '40' } };
      gateway.simulator.on({ when: isWrite, answer, times: 1 });
      await ignore(8001);
      await rows(8001).first().getByText('UPSTREAM_RATE_LIMITED').waitFor();
      expect(await focused.innerText()).toMatch(/^Try again in \d+ s$/);
    });

    it('the focus stays with the selection, and goes to the filters when they are cleared', async () => {
      const { page, rows } = await openTriage(chromium);
      const focused = page.locator(':focus');
      const selection = page.getByRole('group', { name: 'Selected ports' });

      for (const name of ['Ignore', 'Stop ignoring', 'Clear']) {
        await rows(22).getByRole('checkbox').check();
        await selection.getByRole('button', { name }).click();
        await page.getByText('Nothing selected').waitFor();
        expect(await focused.innerText()).toBe(name);
      }
      await page.getByLabel('Port', { exact: true }).fill('22');
      await page.getByRole('search').getByRole('button', { name: 'Clear' }).click();
      await page.getByText('8 of 8 ports').waitFor();
      expect(await focused.evaluate((element) => element.tagName)).toBe('SELECT');
    });

    it('the focus stays with what has failed when its notice goes', async () => {
      const { page } = await openTriage(chromium);
      await page.getByText('8 of 8 ports').waitFor();
      await page.context().setOffline(true);
      await page.getByRole('button', { name: 'Read again' }).click();
      const failure = page.getByRole('main').getByRole('alert');
      await failure.getByText('NO_ANSWER').waitFor();
      await page.context().setOffline(false);

      await failure.getByRole('button', { name: 'Try again' }).press('Enter');
      await failure.waitFor({ state: 'detached' });
      expect(await page.locator(':focus').getAttribute('aria-label')).toBe('Ports of risky-host');
    });

    it('it is said what became of ignoring', async () => {
      const { page, rows, ignore } = await openTriage(chromium, { hosts: ['rehearse-ignoring'] });
      const said = (text: string) => page.getByRole('status').getByText(text, { exact: true }).waitFor();

      await ignore(8001);
      await said('1 ignored.');
      await rows(8001).first().getByRole('button').click();
      await said('1 no longer ignored.');
      await ignore(8003);
      await said('1 rejected.');
      await ignore(8004);
      await said('1 may have happened.');
      for (const port of [8001, 8002]) await rows(port).getByRole('checkbox').first().check();
      await page.getByRole('group', { name: 'Selected ports' }).getByRole('button', { name: 'Ignore' }).click();
      await said('2 ignored.');
    });

    it.each(['light', 'dark'] as const)(
      'the status of an ignored row can be read when it is %s',
      async (colorScheme) => {
        const { rows, ignore } = await openTriage(chromium, { window: { colorScheme } });
        await ignore(23);
        await rows(23).getByText('Ignored', { exact: true }).waitFor();

        for (const part of ['danger', '/usr/sbin/']) {
          const contrast = await rows(23).getByText(part).last().evaluate(contrastOf);
          expect(contrast).toBeGreaterThan(4.5);
        }
      },
    );
  });

  describe('in a narrow window', () => {
    it.each([320, 400, 880])('of %i pixels shows port, protocol, and what became of ignoring', async (width) => {
      const { page, rows, ignore } = await openTriage(chromium, {
        hosts: ['rehearse-ignoring'],
        window: { viewport: { width, height: 860 } },
      });
      await rows(8005).waitFor();
      await page.context().setOffline(true);
      await ignore(8002);
      const cell = page.getByRole('cell', { name: /^8005/ });
      const texts = [cell, cell.getByText('TCP6', { exact: true })];

      await rows(8002).getByText('May have happened').waitFor();
      await screenshot(page, `${width}`);
      for (const text of [...texts, rows(8002).getByText('May have happened')]) {
        const [shown, all] = await text.evaluate(shownOf);
        expect(all).toBeGreaterThan(20);
        expect(shown).toBe(all);
      }
    });
  });

  describe('to look at', () => {
    it.each([
      ['light', { colorScheme: 'light' }],
      ['dark', { colorScheme: 'dark' }],
      ['narrow', { colorScheme: 'light', viewport: { width: 420, height: 860 } }],
    ] as const)('%s', async (name, window) => {
      const { page, rows, ignore } = await openTriage(chromium, {
        window,
        hosts: ['rehearse-forbidden', 'host-350', 'risky-host', 'rehearse-ignoring'],
      });
      await ignore(8001);
      await ignore(8003);
      await ignore(8004);
      await rows(8003).getByText('FORBIDDEN').waitFor();
      await rows(8004)
        .getByRole('button', { name: /Ask again/ })
        .waitFor();
      await page.getByLabel('Select port 8002 TCP on 0.0.0.0').check();
      await screenshot(page, name);

      // Nothing is cut off at the side.
      const [width, content] = await page.evaluate<[number, number]>(
        '[document.documentElement.clientWidth, document.documentElement.scrollWidth]',
      );
      expect(content).toBe(width);
    });
  });
});
