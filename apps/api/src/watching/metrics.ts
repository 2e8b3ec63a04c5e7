import { performance } from 'node:perf_hooks';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { type Measured, measureRecord } from './gauges.js';
import { knownOperation } from './known-operations.js';
import { type Step, type Watcher } from './watch.js';

const ANSWER_BUCKETS_S = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15];
const APPEND_BUCKETS_S = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5];
const CODES_MAX = 400; // codes told apart; there are about half as many

/** What is measured of one application, in a registry of its own. */
export type Metrics = Readonly<{
  watcher: Watcher;
  /** A request was turned away, or an error told, with this code. */
  told: (code: string) => void;
  /** A request came in; call what it answers when it is over. */
  requested: () => (status: number) => void;
  /** From now on this record is measured too. */
  measure: (record: Measured) => void;
  text: () => Promise<string>;
  contentType: string;
  registry: Registry;
}>;

export const createMetrics = (): Metrics => {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const commands = new Counter({
    name: 'saksgang_commands_total',
    help: 'Commands by type and outcome',
    labelNames: ['command', 'outcome'],
    registers,
  });
  const refusals = new Counter({ name: 'saksgang_refusals_total', help: 'Refusals of commands by code', labelNames: ['code'], registers });
  const errors = new Counter({
    name: 'saksgang_errors_total',
    help: 'Errors told and requests turned away, by code',
    labelNames: ['code'],
    registers,
  });
  const answers = new Histogram({
    name: 'saksgang_graphql_operation_duration_seconds',
    help: 'Time to answer an operation, by its type, its name where that is known, and how it ended',
    labelNames: ['type', 'operation', 'outcome'],
    buckets: ANSWER_BUCKETS_S,
    registers,
  });
  const appends = new Histogram({
    name: 'saksgang_append_duration_seconds',
    help: 'Time to append the entries of a command durably',
    labelNames: ['outcome'],
    buckets: APPEND_BUCKETS_S,
    registers,
  });
  const under = new Gauge({
    name: 'saksgang_steps_in_progress',
    help: 'Operations, commands and appends under way: what waits its turn is among them',
    labelNames: ['step'],
    registers,
  });
  const inFlight = new Gauge({ name: 'saksgang_http_requests_in_flight', help: 'HTTP requests being answered', registers });
  const responses = new Counter({
    name: 'saksgang_http_responses_total',
    help: 'HTTP responses by status',
    labelNames: ['status'],
    registers,
  });
  const codes = new Set<string>();
  const known = (code: string): string => {
    if (codes.size < CODES_MAX) codes.add(code);
    return codes.has(code) ? code : 'other';
  };
  const observe = (step: Step, seconds: number, outcome: string, code: string | null): void => {
    if (step.is === 'operation') return answers.observe({ type: step.type, operation: knownOperation(step.name), outcome }, seconds);
    if (step.is === 'append') return appends.observe({ outcome }, seconds);
    commands.inc({ command: step.command, outcome });
    if (code !== null) refusals.inc({ code: known(code) });
  };
  return {
    watcher: (step) => {
      const began = performance.now();
      under.inc({ step: step.is });
      return {
        within: (run) => run(),
        ended: ({ outcome, code }) => {
          under.dec({ step: step.is });
          observe(step, (performance.now() - began) / 1_000, outcome, code);
        },
      };
    },
    told: (code) => errors.inc({ code: known(code) }),
    requested: () => {
      inFlight.inc();
      return (status) => {
        inFlight.dec();
        responses.inc({ status: String(status) });
      };
    },
    measure: (record) => measureRecord(registry, record),
    text: () => registry.metrics(),
    contentType: registry.contentType,
    registry,
  };
};
