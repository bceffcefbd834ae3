/** What a service tells those who do not call it: whether it is up, and its figures. */
export interface PageSource {
  isServing(): boolean;
  /** In the text format of Prometheus. */
  metrics(): Promise<string>;
}

/** An answer to GET. */
export interface Page {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** The page of a path: /healthz is 200 while serving and 503 when stopping; /metrics; null where there is none. */
export async function page(path: string, source: PageSource): Promise<Page | null> {
  const type = 'text/plain; charset=utf-8';
  switch (path) {
    case '/healthz':
      return source.isServing()
        ? { status: 200, type, body: 'serving\n' }
        : { status: 503, type, body: 'stopping\n' };
    case '/metrics':
      return {
        status: 200,
        type: 'text/plain; version=0.0.4; charset=utf-8',
        body: await source.metrics(),
      };
    default:
      return null;
  }
}
