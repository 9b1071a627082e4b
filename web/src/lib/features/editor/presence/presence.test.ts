import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import type { Presence } from '../document/transport.js';
import { FieldAwareness } from './fieldAwareness.js';
import { PresenceSender } from './presenceSender.js';

describe('PresenceSender', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('sends the latest place, and never oftener than it may', async () => {
    const sent: (string | null)[] = [];
    const sender = new PresenceSender((place) => {
      sent.push(place.path);
      return Promise.reject(new Error('the line broke'));
    }, 200);
    for (let step = 0; step < 10; step += 1) {
      sender.at(`measures/${step}/how`);
      await vi.advanceTimersByTimeAsync(50);
    }
    await vi.advanceTimersByTimeAsync(300);
    expect(sent.length).toBeLessThanOrEqual(4);
    expect(sent.at(-1)).toBe('measures/9/how');
  });

  it('says left only for the field one is in', async () => {
    const sent: (string | null)[] = [];
    const sender = new PresenceSender((place) => {
      sent.push(place.path);
      return Promise.resolve();
    });
    sender.at('measures/a/what');
    sender.left('measures/b/how');
    await vi.advanceTimersByTimeAsync(300);
    sender.left('measures/a/what');
    await vi.advanceTimersByTimeAsync(300);
    expect(sent).toEqual(['measures/a/what', null]);
  });
});

describe('FieldAwareness', () => {
  const text = new Y.Doc().getText('t');
  const position = Y.encodeRelativePosition(Y.createRelativePositionFromTypeIndex(text, 0));
  const person = (over: Partial<Presence>): Presence => ({
    presenceId: 'x',
    name: 'Enhetschef',
    role: 'ENHETSCHEF',
    organisation: 'Utförare 1',
    side: 'PROVIDER',
    path: 'measures/a/how',
    anchor: position,
    head: position,
    seenAt: new Date(0),
    self: false,
    ...over,
  });

  it("shows the others' carets in this field only, and survives a broken one", () => {
    const field = new FieldAwareness('measures/a/how', () => undefined);
    let told = 0;
    field.on('change', () => (told += 1));
    field.show([
      person({}),
      person({ presenceId: 'self', self: true }),
      person({ presenceId: 'elsewhere', path: 'measures/b/how' }),
      person({ presenceId: 'reads', anchor: null, head: null }),
      person({ presenceId: 'broken', anchor: Uint8Array.of(255, 255, 255) }),
    ]);
    expect([...field.getStates().values()].map((state) => state.user.role)).toEqual(['ENHETSCHEF']);
    expect(told).toBe(1);
  });

  it('keeps a person under the same number', () => {
    const field = new FieldAwareness('measures/a/how', () => undefined);
    field.show([person({})]);
    const before = [...field.getStates().keys()];
    field.show([person({ presenceId: 'new' }), person({})]);
    expect([...field.getStates().keys()]).toEqual(expect.arrayContaining(before));
    expect(field.getStates().size).toBe(2);
  });

  it('hands on its own selection and nothing else', () => {
    const selections: unknown[] = [];
    const field = new FieldAwareness('measures/a/how', (selection) => selections.push(selection));
    field.setLocalStateField('user', { name: 'somebody else' });
    field.setLocalStateField('cursor', null);
    expect(selections).toEqual([null]);
    expect(field.getLocalState()).toEqual({ cursor: null });
  });
});
