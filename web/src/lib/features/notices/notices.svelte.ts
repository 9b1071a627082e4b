import { invalidate } from '$app/navigation';
import { listen } from '#lib/api/client.js';
import { NoticesChangedDocument } from '#lib/api/generated/graphql.js';

/** Hints that a notice has come. The bell's count follows at once; a list on screen waits until the person asks. */
class Notices {
  arrived = $state(0);

  /** Listens while the frame is up. @returns stops listening */
  start(): () => void {
    return listen(NoticesChangedDocument, {}, () => {
      this.arrived += 1;
      void invalidate('samsyn:counts');
    });
  }

  clear(): void {
    this.arrived = 0;
  }
}

export const notices = new Notices();
