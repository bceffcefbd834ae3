export { type NodeEnvironment, nodeEnvironment, readNodeEnvironment } from './environment.ts';
export { fetchHandler } from './fetch.ts';
export { jsonLog, type Log } from './log.ts';
export { type HostOptions, type ServedHost, serveHost } from './serve-host.ts';
export {
  SEED_PEER_PORT,
  SEED_PORT,
  type ServedNode,
  type ServeOptions,
  serveNode,
} from './serve-node.ts';
