import { FIELDS, ROOTS, fieldPath, rootMap } from '@samsyn/schema';
import * as Y from 'yjs';
import type { BlameRun, FieldBlame, Mark } from './collaboration.model.js';
import type { History } from './history.rules.js';

type AnyType = Y.AbstractType<unknown>;

/** A text item of a field. */
export interface TextItem {
  readonly item: Y.Item;
  readonly text: string;
  /** The paragraph it stands in, counted over all that the field ever held. */
  readonly block: number;
}

/** A field with the items that hold, and held, its value: an entry that was deleted and brought back has had several. */
export interface Field {
  readonly path: string;
  readonly items: readonly Y.Item[];
}

/** Every field with text, dates or ids that is or was in the document. */
export function fieldsOf(doc: Y.Doc): Field[] {
  return ROOTS.flatMap((root) => {
    const fields = Object.keys(FIELDS[root]).filter((field) => field !== 'order');
    return [...rootMap(doc, root)._map].flatMap(([id, newest]) => {
      const entries = chain(newest).flatMap((item) => typeOf(item) ?? []);
      return fields.map((field) => ({
        path: fieldPath(root, id, field),
        items: entries.flatMap((entry) => chain(entry._map.get(field))),
      }));
    });
  });
}

/** A field's text items in reading order, deleted ones too. */
export function textItems({ items }: Field): TextItem[] {
  const out: TextItem[] = [];
  let block = 0;
  const walk = (type: AnyType): void => {
    for (let item = type._start; item !== null; item = item.right) {
      if (item.content instanceof Y.ContentString) out.push({ item, text: item.content.str, block });
      const inner = typeOf(item);
      if (!inner) continue;
      walk(inner);
      if (inner instanceof Y.XmlElement) block++;
    }
  };
  for (const type of items.flatMap((item) => typeOf(item) ?? [])) {
    walk(type);
    block++;
  }
  return out;
}

/** Who wrote, moved and removed what in each field. @param fromSeq see `Access.fromSeq` */
export const blameOf = (history: History, fromSeq: number): FieldBlame[] =>
  fieldsOf(history.doc).map((field) => ({ path: field.path, runs: new Blame(history, fromSeq).of(field) }));

class Blame {
  private readonly runs: BlameRun[] = [];

  constructor(
    private readonly history: History,
    private readonly fromSeq: number,
  ) {}

  of(field: Field): readonly BlameRun[] {
    for (const { item, text, block } of textItems(field)) this.addText(item.id, text, block);
    for (const { item, value } of valueItems(field)) this.add(item.id, value, this.runs.length, 1);
    return this.runs;
  }

  private addText({ client, clock }: Y.ID, text: string, block: number): void {
    for (let done = 0; done < text.length;) {
      const id = Y.createID(client, clock + done);
      done += this.add(id, text.slice(done), block, text.length - done);
    }
  }

  /** @returns for how many clocks the first of them speaks */
  private add({ client, clock }: Y.ID, text: string, block: number, most: number): number {
    const { placed, written, removed, lives, clocks } = this.history.trace(client, clock, most);
    // Gone before the viewer's history begins: for the viewer it never was.
    if (removed !== null && this.seen(removed) === null) return clocks;
    const run = { text: most === 1 ? text : text.slice(0, clocks), block, lives };
    this.push({ ...run, written: this.seen(written), placed: this.seen(placed), removed: this.seen(removed) });
    return clocks;
  }

  private push(run: BlameRun): void {
    const last = this.runs.at(-1);
    const joins =
      last?.block === run.block &&
      last.written === run.written &&
      last.placed === run.placed &&
      last.removed === run.removed &&
      last.lives === run.lives;
    if (joins) this.runs[this.runs.length - 1] = { ...last, text: last.text + run.text };
    else this.runs.push(run);
  }

  private seen(mark: Mark | null): Mark | null {
    return mark !== null && (this.fromSeq === 0 || mark.seq > this.fromSeq) ? mark : null;
  }
}

/** The values of a date, or the ids of a set, as they came. */
function valueItems({ items }: Field): { item: Y.Item; value: string }[] {
  return items.flatMap((item) => {
    const type = typeOf(item);
    if (type instanceof Y.Map) return [...type._map].flatMap(([id, newest]) => chain(newest).map((key) => ({ item: key, value: id })));
    const [value] = item.content instanceof Y.ContentAny ? (item.content.arr as unknown[]) : [];
    return typeof value === 'string' ? [{ item, value }] : [];
  });
}

/** The items a key has had, oldest first. */
function chain(newest: Y.Item | undefined): Y.Item[] {
  const out: Y.Item[] = [];
  for (let item = newest ?? null; item !== null; item = item.left) out.unshift(item);
  return out;
}

const typeOf = (item: Y.Item): AnyType | null => (item.content instanceof Y.ContentType ? item.content.type : null);
