import type { SubmitFunction } from '$app/forms';
import { failureText } from '#lib/i18n/failures.js';

/** A form's progress in the browser. A fault or a lost connection is told beside the form, and never costs the person what they typed. */
export class Submitting {
  busy = $state(false);
  failure = $state<string | null>(null);

  /** For `use:enhance`. @param after called once the answer is in place, e.g. to move the focus */
  handler =
    (after?: () => void): SubmitFunction =>
    () => {
      this.busy = true;
      this.failure = null;
      return async ({ result, update }) => {
        this.busy = false;
        if (result.type === 'error') this.failure = failureText(result.error);
        else await update({ reset: false });
        after?.();
      };
    };
}
