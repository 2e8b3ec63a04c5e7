import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { type Identity } from '@saksgang/access';
import { distinctHeaders } from '@saksgang/graphql-driver';
import { type IdentityFault, identityFault, localeFrom, unidentified } from '@saksgang/graphql';
import { TILE_WIDTH, tileOfPath } from '@saksgang/record';
import { type Recording } from '@saksgang/recording';
import { type FastifyReply, type FastifyRequest } from 'fastify';

/** What the record's files are served from, and who asks for them; `open`: to nobody in particular as well. */
export type RecordFiles = Readonly<{
  recording: Recording;
  identify: (asking: Readonly<{ headers: ReturnType<typeof distinctHeaders>; url: string }>) => Promise<Identity>;
  open: boolean;
}>;
export const RECORD_FILES = Symbol('RECORD_FILES');

const ROOT = '/record/';
const TEXT = 'text/plain; charset=utf-8';
/** A full tile of one origin's tree never changes. */
const FOR_EVER = 'public, max-age=31536000, immutable';
/** The newest checkpoint, tiles that are still being filled, and whatever a fork replaces: ask again. */
const ASK_AGAIN = 'no-cache';
/** Of an origin: counted from 1, one spelling. */
const NUMBER = /^[1-9]\d{0,8}$/;

type Reply = Readonly<{ type: string; caching: string; body: string | Buffer; at: string }>;

/**
 * The files auditors read: checkpoint, key and hash tiles (C2SP tlog-tiles). Entries themselves are in proofs and exports alone.
 * `/record/` shows the present origin, whichever that is; `/record/<n>/` the n-th one for good, so that what is kept under an address
 * is the same after a fork: its key and its last checkpoint stay, its tiles are there as long as it is the present one.
 */
@Controller('record')
export class RecordController {
  constructor(@Inject(RECORD_FILES) private readonly files: RecordFiles) {}

  @Get('checkpoint')
  newest(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.answer(request, reply, async () => this.checkpointOf(await this.present()));
  }

  @Get('key')
  presentKey(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.answer(request, reply, async () => this.keyOf(await this.present()));
  }

  @Get('tile/*')
  presentTile(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.answer(request, reply, async () => {
      const found = await this.tileOf(await this.present(), request.url.slice(ROOT.length));
      return found && { ...found, caching: ASK_AGAIN };
    });
  }

  @Get(':origin/checkpoint')
  checkpoint(@Param('origin') origin: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.answer(request, reply, () => this.checkpointOf(numberIn(origin)));
  }

  @Get(':origin/key')
  key(@Param('origin') origin: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.answer(request, reply, () => this.keyOf(numberIn(origin)));
  }

  @Get(':origin/tile/*')
  tile(@Param('origin') origin: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.answer(request, reply, () => this.tileOf(numberIn(origin), request.url.slice(`${ROOT}${origin}/`.length)));
  }

  /** A bad credential does not read what is open to all either. */
  private faultOf(identity: Identity, language: string | undefined): IdentityFault | null {
    if (identity.state === 'REFUSED') return identityFault(identity, localeFrom(language));
    return identity.state === 'KNOWN' || this.files.open ? null : unidentified(localeFrom(language));
  }

  /** The number of the present origin; 0, which is none, before there is one. */
  private async present(): Promise<number> {
    return (await this.files.recording.origin())?.number ?? 0;
  }

  private async checkpointOf(origin: number): Promise<Reply | null> {
    return text((await this.files.recording.originAt(origin))?.last?.note, `${ROOT}${origin}/checkpoint`);
  }

  private async keyOf(origin: number): Promise<Reply | null> {
    const key = (await this.files.recording.originAt(origin))?.origin.key;
    return text(key && `${key}\n`, `${ROOT}${origin}/key`);
  }

  private async tileOf(origin: number, path: string): Promise<Reply | null> {
    if (origin !== (await this.present())) return null;
    const tile = tileOfPath(path);
    const bytes = tile && (await this.files.recording.tile(tile));
    const caching = tile?.width === TILE_WIDTH ? FOR_EVER : ASK_AGAIN;
    return bytes && { type: 'application/octet-stream', caching, body: Buffer.from(bytes), at: `${ROOT}${origin}/${path}` };
  }

  private async answer({ raw, url, headers }: FastifyRequest, reply: FastifyReply, find: () => Promise<Reply | null>): Promise<void> {
    void reply.header('x-content-type-options', 'nosniff');
    const fault = this.faultOf(await this.files.identify({ headers: distinctHeaders(raw), url }), headers['accept-language']);
    if (fault !== null)
      return reply
        .status(fault.shown.status)
        .headers(fault.shown.headers)
        .header('cache-control', ASK_AGAIN)
        .type(TEXT)
        .send(`${fault.message}\n`);
    const found = await find();
    if (found === null) return reply.status(404).header('cache-control', ASK_AGAIN).type(TEXT).send('There is no such file (yet).\n');
    return reply.header('cache-control', found.caching).header('content-location', found.at).type(found.type).send(found.body);
  }
}

const numberIn = (said: string): number => (NUMBER.test(said) ? Number(said) : 0);

const text = (body: string | null | undefined, at: string): Reply | null => (body ? { type: TEXT, caching: ASK_AGAIN, body, at } : null);
