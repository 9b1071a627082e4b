import { type Cause, type Measure, type PlanContent, type Prose, type ProseBlock } from '@samsyn/schema';

/**
 * A plan's content as plain text, the way a person reads it: kept with each revision, so that what was handed in can be read without any
 * of our code. Swedish; lines are separated by `\n`.
 */
export function planText(content: PlanContent): string {
  const letters = new Map(content.causes.map((cause, i) => [cause.id, causeLetter(i)]));
  return [
    'ORSAKER',
    ...content.causes.map((cause, i) => causeText(cause, causeLetter(i))),
    'ÅTGÄRDER',
    ...content.measures.map((measure, i) => measureText(measure, i + 1, letters)),
  ].join('\n\n');
}

/** A, B … Z, AA, AB …, as causes are named on screen. */
export function causeLetter(index: number): string {
  const rest = Math.floor(index / 26);
  return (rest > 0 ? causeLetter(rest - 1) : '') + String.fromCharCode(65 + (index % 26));
}

const causeText = (cause: Cause, letter: string): string => `Orsak ${letter}\n${proseLines(cause.text).join('\n')}`;

function measureText(measure: Measure, number: number, letters: ReadonlyMap<string, string>): string {
  const causes = measure.causeIds.flatMap((id) => letters.get(id) ?? []).sort();
  return [
    `Åtgärd ${number}: ${measure.what.trim()}`,
    `Möter orsak: ${causes.join(', ')}`,
    'Så görs det:',
    ...proseLines(measure.how),
    `Ansvarig: ${measure.responsible.trim()}`,
    `Klart senast: ${measure.doneBy ?? ''}`,
    'Så följs det upp:',
    ...proseLines(measure.followUpHow),
    `Följs upp senast: ${measure.followUpBy ?? ''}`,
  ].join('\n');
}

const proseLines = (prose: Prose): string[] => prose.flatMap(blockLines);

function blockLines(block: ProseBlock): string[] {
  if (block.type === 'paragraph') return [block.content.map((run) => run.text).join('')];
  const start = block.attrs?.start ?? 1;
  return block.content.flatMap((item, i) => {
    const mark = block.type === 'bulletList' ? '– ' : `${start + i}. `;
    return proseLines(item.content).map((line, n) => (n === 0 ? mark : '   ') + line);
  });
}
