import { expect, it } from 'vitest';
import { createStaticPage } from '../../src/http/static-page.ts';
import type { HttpRequest } from '../../src/http/request.ts';

it('is answered 500 where it cannot be made, and made anew when it is asked for again', async () => {
  const failure = new Error('A file is missing.');
  const failures: unknown[] = [];
  let renders = 0;
  const route = createStaticPage(
    () => (++renders === 1 ? Promise.reject(failure) : Promise.resolve('<p>')),
    (error) => failures.push(error),
  );
  const request = { headers: { get: () => null } } as unknown as HttpRequest;
  expect(await route(request, 'id')).toMatchObject({ status: 500, body: null });
  expect(failures).toEqual([failure]);
  expect(await route(request, 'id')).toMatchObject({ status: 200, body: [Buffer.from('<p>')] });
  await route(request, 'id');
  expect(renders).toBe(2);
});
