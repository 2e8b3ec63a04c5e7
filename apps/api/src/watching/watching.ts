import { systemClock } from '../system.js';
import { type Settings } from '../settings.js';
import { type OpenedRecord } from '../record.js';
import { type Metrics, createMetrics } from './metrics.js';
import { serveMetrics, type MetricsServer } from './metrics-server.js';
import { startTracing } from './tracing.js';
import { type Around, aroundBy } from './watch.js';

export type WatchingSettings = Pick<Settings, 'METRICS_PORT' | 'METRICS_HOST' | 'METRICS_TOKEN' | 'OTEL_EXPORTER_OTLP_ENDPOINT'>;

/** Who watches over the application: metrics and traces, each where it is asked for. */
export type Watching = Readonly<{
  around: Around;
  metrics: Pick<Metrics, 'told' | 'requested'> | null;
  /** Serves the metrics of this record, where they are asked for. */
  serve: (record: OpenedRecord) => Promise<MetricsServer | null>;
  /** Sends what is yet to be sent, and ends. */
  stop: () => Promise<void>;
}>;

/** Nobody asked for anything: nothing is measured, and nothing is in the way. */
export const UNWATCHED: Watching = {
  around: aroundBy([]),
  metrics: null,
  serve: () => Promise.resolve(null),
  stop: () => Promise.resolve(),
};

export const startWatching = async (settings: WatchingSettings): Promise<Watching> => {
  const { METRICS_PORT: port, METRICS_HOST: host, METRICS_TOKEN: token, OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } = settings;
  if (port === undefined && endpoint === undefined) return UNWATCHED;
  const metrics = port === undefined ? null : createMetrics();
  const tracing = endpoint === undefined ? null : await startTracing(endpoint);
  let server: MetricsServer | null = null;
  return {
    around: aroundBy([metrics?.watcher ?? [], tracing?.watcher ?? []].flat()),
    metrics,
    serve: async (record) => {
      if (metrics === null || port === undefined) return null;
      metrics.measure({ ...record, clock: systemClock });
      server = await serveMetrics(metrics, { host, port, token: token ?? null });
      return server;
    },
    stop: async () => {
      await server?.close();
      await tracing?.stop();
    },
  };
};
