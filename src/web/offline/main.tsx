import '../style.css';
import '../shell/shell.css';
import { createRouterTransport } from '@connectrpc/connect';
import { render } from 'preact';
import { SimulationService } from '../../gen/gossip/v1/simulation_pb.ts';
import { App } from '../app.tsx';
import { createSimulationClient } from '../client.ts';
import icon from '../icon.svg?inline';
import { showStoredTheme } from '../theme.ts';
import { exportedHandlers } from './handlers.ts';
import { EXPORTED_ID, unpackExported } from './unpack.ts';

const link = document.createElement('link');
link.rel = 'icon';
link.href = icon;
document.head.append(link);
showStoredTheme();
const app = document.getElementById('app')!;
try {
  const packed = document.getElementById(EXPORTED_ID)?.textContent ?? '';
  const handlers = exportedHandlers(await unpackExported(packed));
  const transport = createRouterTransport(({ service }) => {
    service(SimulationService, handlers);
  });
  const client = createSimulationClient(transport);
  // For those who look into numbers: the browser's console may ask what the page asks.
  Object.assign(globalThis, { gossip: client });
  render(<App client={client} />, app);
} catch (error) {
  app.textContent = (error as Error).message;
}
