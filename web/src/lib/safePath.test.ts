import { expect, it } from 'vitest';
import { safePath } from './safePath.js';

it('keeps paths of ours', () => {
  expect(safePath('/planer?lage=SUBMITTED')).toBe('/planer?lage=SUBMITTED');
});

it.each(['//elsewhere.example', '/\\elsewhere.example', 'https://elsewhere.example', '', null, 'planer', '/a\nb'])(
  'does not leave the site by %j',
  (text) => {
    expect(safePath(text)).toBe('/');
  },
);
