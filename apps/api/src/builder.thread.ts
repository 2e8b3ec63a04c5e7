import { parentPort, workerData } from 'node:worker_threads';
import { createDecoder } from '@saksgang/event-store';
import { registry } from '@saksgang/kinds';
import { buildAsOrdered, type BuildOrder, projectionsOf } from '@saksgang/projections';
import { parseLeaf } from '@saksgang/record';

/** The body of a thread that builds read models. */
if (parentPort === null) throw new Error('this file is the body of a thread: open the record instead');
const codec = createDecoder({ registry, parseLeaf });
buildAsOrdered(parentPort, workerData as BuildOrder, { registry, codec, projections: projectionsOf(registry) });
