import * as Y from 'yjs';
import { wire } from '#lib/api/client.js';
import { apiTransport } from '#lib/features/editor/document/apiTransport.js';

/** No answer for this long: the person may try again. */
const PATIENCE_MS = 8_000;

/** The shared text as the server has it now, read once: to point at words on a page that doesn't follow it. Null when it can't be had. */
export function readDocument(planId: string): Promise<Y.Doc | null> {
  return new Promise((resolve) => {
    const settle = (doc: Y.Doc | null): void => {
      clearTimeout(timer);
      close();
      resolve(doc);
    };
    const timer = setTimeout(() => settle(null), PATIENCE_MS);
    const close = apiTransport(wire()).open(planId, null, {
      event: (event) => {
        if (event.kind !== 'OPENED') return;
        const doc = new Y.Doc();
        if (event.checkpoint) Y.applyUpdateV2(doc, event.checkpoint.update);
        for (const row of event.updates) Y.applyUpdate(doc, row.update);
        settle(doc);
      },
      ended: () => settle(null),
    });
  });
}
