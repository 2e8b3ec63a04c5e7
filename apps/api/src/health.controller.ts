import { Controller, Get, Inject, Res } from '@nestjs/common';
import { type FastifyReply } from 'fastify';

/**
 * What readiness looks at: the log can take writes, names, keys and read models can be asked for, every projection follows it. How the record stands
 * is shown beside it: a signer that has stopped is no reason to stop serving.
 */
export type Readiness = Readonly<{
  ready: boolean;
  stopping: boolean;
  store: unknown;
  /** `reason`: why names, API keys and the log of readings cannot be asked now. */
  stores: Readonly<{ ok: boolean; reason: string | null }>;
  /** `reason`: why the read models should not be asked now. */
  readModels: Readonly<{ ok: boolean; reason: string | null }>;
  projections: readonly unknown[];
  record: unknown;
}>;
export const READINESS = Symbol('READINESS');
export type AskReadiness = () => Promise<Readiness>;
export const SDL = Symbol('SDL');

@Controller()
export class HealthController {
  constructor(
    @Inject(READINESS) private readonly readiness: AskReadiness,
    @Inject(SDL) private readonly sdl: () => string,
  ) {}

  /** The process runs. Does not depend on the store, so that a restart is not asked for what a restart cannot mend. */
  @Get('healthz')
  health(): Readonly<{ status: string }> {
    return { status: 'ok' };
  }

  @Get('readyz')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Readiness> {
    const readiness = await this.readiness();
    void reply.status(readiness.ready ? 200 : 503);
    return readiness;
  }

  @Get('schema.graphql')
  schema(@Res({ passthrough: true }) reply: FastifyReply): string {
    void reply.header('content-type', 'text/plain; charset=utf-8');
    return this.sdl();
  }
}
