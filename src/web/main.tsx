import { createGrpcWebTransport } from '@connectrpc/connect-web';
import { render } from 'preact';
import { App } from './app.tsx';
import { createSimulationClient } from './client.ts';
import './shell/shell.css';
import { showStoredTheme } from './theme.ts';

showStoredTheme();
const client = createSimulationClient(
  createGrpcWebTransport({ baseUrl: new URL('.', location.href).href }),
);
render(<App client={client} />, document.getElementById('app')!);
