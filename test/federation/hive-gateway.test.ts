import { describe, it } from 'vitest';
import { installExample, startHiveGateway } from './hive-gateway.ts';
import { describeBehind } from './router.ts';

const missing = installExample();
if (missing === null) {
  describeBehind({
    name: 'Hive Gateway',
    start: startHiveGateway,
    // It leaves the index out: the null in the data tells which server it was.
    errorPath: () => ['servers', 'ports'],
  });
} else {
  describe('the gateway behind Hive Gateway', () => {
    it('is not tried here', ({ skip }) => skip(missing));
  });
}
