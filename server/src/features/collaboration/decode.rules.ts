import { MAX_DELETE_RANGES, MAX_UPDATE_BYTES, MAX_UPDATE_CLOCKS, MAX_UPDATE_STRUCTS } from '@samsyn/schema';
import * as decoding from 'lib0/decoding';
import * as Y from 'yjs';
import { GateNo, type Decoded, type DeleteRange } from './gate.model.js';

/** Remembers where reading ended, so that bytes after the end are noticed. Decoding is synchronous: one at a time. */
class TracingDecoder extends Y.UpdateDecoderV1 {
  static latest: decoding.Decoder;
  constructor(decoder: decoding.Decoder) {
    super(decoder);
    TracingDecoder.latest = decoder;
  }
}

/**
 * Reads a client's update without touching any document: the static half of the gate. `applyUpdate` must never see bytes that haven't been
 * through here: seven hostile ones make it allocate hundreds of megabytes, where `decodeUpdate` just runs out of input.
 * @throws GateNo TOO_LARGE, MALFORMED, WRONG_CLIENT
 */
export function decodeClientUpdate(bytes: Uint8Array, lease: number): Decoded {
  if (bytes.byteLength > MAX_UPDATE_BYTES) throw new GateNo('TOO_LARGE');
  const { structs, ds } = read(bytes);
  if (structs.length > MAX_UPDATE_STRUCTS) throw new GateNo('TOO_LARGE');
  const deletes = checkedDeletes(ds);
  if (structs.length === 0 && deletes.size === 0) throw new GateNo('MALFORMED');
  let clocks = 0;
  for (const struct of structs) {
    // No GC: it hides what it stands for. No Skip: it leaves a hole for later. No empty item: two would share a clock.
    if (!(struct instanceof Y.Item) || struct.length < 1) throw new GateNo('MALFORMED');
    if (struct.id.client !== lease) throw new GateNo('WRONG_CLIENT');
    clocks += struct.length;
    if (clocks > MAX_UPDATE_CLOCKS) throw new GateNo('TOO_LARGE');
  }
  return { bytes, lease, structs: structs as Y.Item[], clock: structs[0]?.id.clock ?? 0, clocks, deletes };
}

function read(bytes: Uint8Array): ReturnType<typeof Y.decodeUpdate> {
  try {
    // Applying keeps only the last of two sections of one client, decoding shows both: with at most one section they agree.
    const sections = decoding.readVarUint(decoding.createDecoder(bytes));
    if (sections > 1) throw new GateNo('WRONG_CLIENT');
    const decoded = Y.decodeUpdateV2(bytes, TracingDecoder);
    if (TracingDecoder.latest.pos !== bytes.byteLength) throw new GateNo('MALFORMED');
    return decoded;
  } catch (error) {
    // Truncated input, bad UTF-8, unknown types, values nested until the stack ends: all of them just don't parse.
    throw error instanceof GateNo ? error : new GateNo('MALFORMED');
  }
}

function checkedDeletes(ds: ReturnType<typeof Y.decodeUpdate>['ds']): Map<number, DeleteRange[]> {
  const out = new Map<number, DeleteRange[]>();
  let count = 0;
  for (const [client, ranges] of ds.clients) {
    count += ranges.length;
    if (count > MAX_DELETE_RANGES) throw new GateNo('TOO_LARGE');
    let end = 0;
    const checked: DeleteRange[] = [];
    for (const { clock, len } of ranges) {
      // Sorted and apart, as every client writes them: otherwise a few bytes could make us walk the whole document again and again.
      if (len < 1 || clock < end || !Number.isSafeInteger(clock + len)) throw new GateNo('MALFORMED');
      end = clock + len;
      checked.push({ client, clock, len });
    }
    out.set(client, checked);
  }
  return out;
}

/** Says whether the update deletes the struct with this id. */
export function deletes(decoded: Decoded, id: Y.ID): boolean {
  const ranges = decoded.deletes.get(id.client);
  if (!ranges) return false;
  let [low, high] = [0, ranges.length - 1];
  while (low <= high) {
    const mid = (low + high) >> 1;
    const range = ranges[mid] as DeleteRange;
    if (id.clock < range.clock) high = mid - 1;
    else if (id.clock >= range.clock + range.len) low = mid + 1;
    else return true;
  }
  return false;
}
