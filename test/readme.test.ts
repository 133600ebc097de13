import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { startGateway } from './support/gateway.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

/** The first block of a language. */
function block(language: string): string {
  const text = new RegExp(`\`\`\`${language}\n(.*?)\n\`\`\``, 's').exec(readme)?.[1];
  if (text === undefined) throw new Error(`The README shows no ${language}.`);
  return text;
}

describe('the README', () => {
  it('shows a query and the answer that the gateway gives to it', async () => {
    const { query } = await startGateway();
    const { data, errors } = await query(block('graphql'));
    expect({ data, errors }).toEqual({ ...JSON.parse(block('json')), errors: undefined });
  });
});
