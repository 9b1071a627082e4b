/** A path of ours to go back to; anything else (another site, a protocol trick) becomes the fallback. */
export function safePath(text: FormDataEntryValue | string | null | undefined, fallback = '/'): string {
  if (typeof text !== 'string' || !/^\/(?![/\\])/.test(text)) return fallback;
  return text.includes('\\') || [...text].some((letter) => letter < ' ') ? fallback : text;
}
