import { z } from 'zod';

const TOKEN_CHARACTERS_MIN = 24;
const TOKEN_CHARACTERS_APART_MIN = 8; // different characters: «aaaa…» and «12341234…» are long and known to everybody
const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|localhost)$/;

const isHttp = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).username === '';

/** What those who watch over the service set: figures for Prometheus, traces for a collector. */
export const WATCHING = {
  METRICS_PORT: z.coerce
    .number('a whole number')
    .int('a whole number')
    .min(0)
    .max(65_535)
    .optional()
    .describe('TCP port of its own that /metrics is served on, for Prometheus; without it nothing is measured'),
  METRICS_HOST: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .describe('address that METRICS_PORT listens on; any other than this machine’s own takes a METRICS_TOKEN'),
  METRICS_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'visible characters of ASCII without spaces')
    .refine(
      (token) => token.length >= TOKEN_CHARACTERS_MIN && new Set(token).size >= TOKEN_CHARACTERS_APART_MIN,
      `at least ${TOKEN_CHARACTERS_MIN} characters that nobody guesses, as from: openssl rand -base64 32`,
    )
    .optional()
    .describe('what whoever reads /metrics sends: Authorization: Bearer …; a secret'),
  METRICS_TOKEN_FILE: z.string().min(1, 'a path to the token').optional().describe('file that holds METRICS_TOKEN instead'),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .string()
    .refine(isHttp, 'the address of a collector, http://127.0.0.1:4318, without a password in it')
    .optional()
    .describe('collector that traces are sent to, by OTLP over HTTP; without it nothing is traced'),
} as const;

type Watched = Readonly<{ METRICS_PORT?: number | undefined; METRICS_HOST: string; METRICS_TOKEN?: string | undefined }>;

/** Figures of a service are for those who run it. */
export const whyMetricsCannotBeServed = ({ METRICS_PORT, METRICS_HOST, METRICS_TOKEN }: Watched): readonly string[] =>
  METRICS_PORT === undefined || METRICS_TOKEN !== undefined || LOOPBACK.test(METRICS_HOST)
    ? []
    : [`METRICS_HOST: is «${METRICS_HOST}», which others than this machine reach. Set METRICS_TOKEN or METRICS_TOKEN_FILE as well.`];
