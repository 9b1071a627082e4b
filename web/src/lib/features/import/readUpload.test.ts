import { expect, it } from 'vitest';
import { decodeCsv, readUpload } from './readUpload.js';

it('reads UTF-8, and what older Excel calls CSV', () => {
  expect(decodeCsv(new TextEncoder().encode('Öppna förskolan'))).toBe('Öppna förskolan');
  expect(decodeCsv(new Uint8Array([0xd6, 0x70, 0x70, 0x6e, 0x61]))).toBe('Öppna');
});

it('lets a chosen file win over pasted rows', async () => {
  const form = new FormData();
  form.set('rader', 'key\na');
  expect(await readUpload(form)).toEqual({ csv: 'key\na', fileName: 'inklistrat.csv' });
  form.set('fil', new File(['key\nb'], 'omraden.csv'));
  expect(await readUpload(form)).toEqual({ csv: 'key\nb', fileName: 'omraden.csv' });
});
