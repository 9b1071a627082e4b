import { Counter, Gauge, Histogram, Registry } from 'prom-client';

const registry = new Registry();
const registers = [registry];
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What this process counts, for Prometheus. One process, one set. Nothing in it tells of a person, a plan or a text. */
export const metrics = {
  openDocuments: new Gauge({ name: 'samsyn_open_documents', help: 'Documents held open on this node.', registers }),
  subscribers: new Gauge({ name: 'samsyn_subscribers', help: 'Open subscriptions to documents on this node.', registers }),
  waitingPushes: new Gauge({ name: 'samsyn_waiting_pushes', help: 'Updates that have come and are not answered yet.', registers }),
  updates: new Counter({ name: 'samsyn_updates_total', help: 'Updates acknowledged: in the log and on disk.', registers }),
  refusals: new Counter({ name: 'samsyn_refusals_total', help: 'Updates refused, by code.', labelNames: ['code'], registers }),
  failures: new Counter({
    name: 'samsyn_push_failures_total',
    help: 'Updates neither acknowledged nor refused: to be sent again.',
    registers,
  }),
  commitSeconds: new Histogram({
    name: 'samsyn_commit_seconds',
    help: 'Time of one append transaction, which many documents may share.',
    buckets: SECONDS,
    registers,
  }),
  fanOutSeconds: new Histogram({
    name: 'samsyn_fan_out_seconds',
    help: 'From when the first subscriber takes an event until a subscriber has been handed it.',
    buckets: SECONDS,
    registers,
  }),
  serialisations: new Counter({ name: 'samsyn_event_serialisations_total', help: 'Document events executed and serialised.', registers }),
  deliveries: new Counter({ name: 'samsyn_event_deliveries_total', help: 'Document events handed to a subscriber.', registers }),
  resyncs: new Counter({ name: 'samsyn_resyncs_total', help: 'Subscribers too slow for their queue, told to open anew.', registers }),
} as const;

/** All of it, as Prometheus reads it. */
export async function metricsText(): Promise<{ readonly type: string; readonly text: string }> {
  return { type: registry.contentType, text: await registry.metrics() };
}
