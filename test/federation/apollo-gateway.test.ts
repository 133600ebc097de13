import { startApolloGateway } from './apollo-gateway.ts';
import { describeBehind } from './router.ts';

describeBehind({
  name: '@apollo/gateway',
  start: startApolloGateway,
  errorPath: (index) => ['servers', index, 'ports'],
});
