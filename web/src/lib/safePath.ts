/** A path of ours to go back to; anything else (another site, a protocol trick) becomes the fallback. */
export function safePath(text: FormDataEntryValue | string | null | undefined, fallback = '/'): string {
  if (typeof text !== 'string' || !/^\/(?![/\\])/.test(text)) return fallback;
  return /[\u0000-\u001f\\]/.test(text) ? fallback : text;
}
