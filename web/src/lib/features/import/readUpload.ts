/** The text of an uploaded CSV: UTF-8, or what older Excel saves when it says CSV (Windows-1252). */
export function decodeCsv(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** The chosen file wins over pasted rows; an empty file field is what a browser sends when none was chosen. */
export async function readUpload(form: FormData): Promise<{ csv: string; fileName: string }> {
  const file = form.get('fil');
  if (file instanceof File && file.size > 0) return { csv: decodeCsv(new Uint8Array(await file.arrayBuffer())), fileName: file.name };
  const pasted = form.get('rader');
  const name = form.get('filnamn');
  return { csv: typeof pasted === 'string' ? pasted : '', fileName: typeof name === 'string' && name !== '' ? name : 'inklistrat.csv' };
}
