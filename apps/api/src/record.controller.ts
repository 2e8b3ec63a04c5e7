import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { type Access } from '@saksgang/access';
import { TILE_WIDTH, tileOfPath } from '@saksgang/record';
import { type Recording } from '@saksgang/recording';
import { type FastifyReply, type FastifyRequest } from 'fastify';

/** What the record's files are served from, and whether somebody with these headers may read them. */
export type RecordFiles = Readonly<{
  recording: Recording;
  mayRead: (headers: Parameters<Access['authenticate']>[0]) => Promise<boolean>;
}>;
export const RECORD_FILES = Symbol('RECORD_FILES');

const PREFIX = '/record/';
const TEXT = 'text/plain; charset=utf-8';
/** A full tile never changes. */
const FOR_EVER = 'public, max-age=31536000, immutable';
/** The newest checkpoint, and tiles that are still being filled: ask again. */
const ASK_AGAIN = 'no-cache';

type Reply = Readonly<{ type: string; caching: string; body: string | Buffer }>;

/** The files auditors read: checkpoint, key and hash tiles (C2SP tlog-tiles). Entries themselves are in proofs and exports alone. */
@Controller('record')
export class RecordController {
  constructor(@Inject(RECORD_FILES) private readonly files: RecordFiles) {}

  @Get('checkpoint')
  checkpoint(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.answer(request, reply, () => text(this.files.recording.checkpoint()?.note));
  }

  @Get('key')
  key(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const key = this.files.recording.origin()?.key;
    return this.answer(request, reply, () => text(key && `${key}\n`));
  }

  @Get('tile/*')
  tile(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.answer(request, reply, () => this.tileAt(request.url.slice(PREFIX.length)));
  }

  private tileAt(path: string): Reply | null {
    const tile = tileOfPath(path);
    const bytes = tile && this.files.recording.tile(tile);
    const caching = tile?.width === TILE_WIDTH ? FOR_EVER : ASK_AGAIN;
    return bytes && { type: 'application/octet-stream', caching, body: Buffer.from(bytes) };
  }

  private async answer({ headers }: FastifyRequest, reply: FastifyReply, find: () => Reply | null): Promise<void> {
    void reply.header('x-content-type-options', 'nosniff');
    if (!(await this.files.mayRead(headers)))
      return reply
        .status(401)
        .header('cache-control', ASK_AGAIN)
        .type(TEXT)
        .send('Reading this record takes a key: Authorization: Bearer sk_…\n');
    const found = find();
    if (found === null) return reply.status(404).header('cache-control', ASK_AGAIN).type(TEXT).send('There is no such file (yet).\n');
    return reply.header('cache-control', found.caching).type(found.type).send(found.body);
  }
}

const text = (body: string | null | undefined): Reply | null => (body ? { type: TEXT, caching: ASK_AGAIN, body } : null);
