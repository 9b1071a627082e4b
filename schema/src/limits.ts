/**
 * Every limit of co-editing, with its unit in the name. Server and clients read them here; PROTOCOL.md repeats them for other clients.
 */

/** Largest update a client may push, bytes. A paste of 50 kB of text in short paragraphs stays below it. */
export const MAX_UPDATE_BYTES = 262_144;
/** Most Yjs structs in one update. */
export const MAX_UPDATE_STRUCTS = 40_000;
/** Most clock ticks one update may take: bounds deleted content, which costs no bytes. */
export const MAX_UPDATE_CLOCKS = 300_000;
/** Most delete ranges in one update. */
export const MAX_DELETE_RANGES = 20_000;
/** Largest document, bytes of its state as one Yjs update (V2). Updates that only delete are taken above it. */
export const MAX_DOCUMENT_BYTES = 2_097_152;
/** Most causes, and most measures, in one document. */
export const MAX_ENTRIES = 200;
/** Deepest nesting of elements inside one prose field: lists in lists. A list level is two. */
export const MAX_PROSE_DEPTH = 20;
/** Longest fractional order key, characters. */
export const MAX_ORDER_CHARS = 128;
/** Highest number an ordered list may start at. */
export const MAX_LIST_START = 9_999;
/** Smallest Yjs client id a lease may have; those below are the server's. */
export const MIN_CLIENT_ID = 2;
/** Largest Yjs client id a lease may have. */
export const MAX_CLIENT_ID = Number.MAX_SAFE_INTEGER;
/** New leases one user may take in one document, per hour. */
export const MAX_LEASES_PER_HOUR = 200;
/** Updates per second one user may push to one document in the long run… */
export const PUSHES_PER_SECOND = 300;
/** …and at once, for an outbox that was filled offline. */
export const PUSH_BURST = 6_000;
/** The same for the bytes of those updates: what the log may grow by. */
export const PUSH_BYTES_PER_SECOND = 262_144;
export const PUSH_BURST_BYTES = 16_777_216;
/** Updates of one user that may wait in one document at once, and their bytes. */
export const MAX_WAITING_PUSHES = 2_000;
export const MAX_WAITING_PUSH_BYTES = 8_388_608;
/** Refusals per minute that made the server rebuild the document, after which the lease is closed. */
export const MAX_COSTLY_REFUSALS_PER_MINUTE = 3;
/** Longest encoded relative position in presence, bytes. */
export const MAX_POSITION_BYTES = 256;
/** Presence goes out at most this often for a document with few people, ms. With n people: at most every 10·n ms. */
export const PRESENCE_INTERVAL_MS = 150;
/** Events that may wait for one subscriber before it is told to open anew. */
export const MAX_WAITING_EVENTS = 512;
/** Bytes of updates that may wait for one subscriber before it is told to open anew. */
export const MAX_WAITING_BYTES = 4_194_304;
/** Rows after the checkpoint, at most, before the server makes a new one. Bounds what a cold open carries. */
export const CHECKPOINT_EVERY_UPDATES = 500;
/** How long a client gathers typing before it pushes, ms. Advice. */
export const PUSH_BATCH_MS = 40;
/** After how long without an acknowledgement a client says "Sparas inte", ms. Advice. */
export const UNSAVED_NOTICE_MS = 5_000;
