import { createHash, randomBytes } from 'node:crypto';

/** A new opaque id: 128 random bits as 32 lower-case hex digits. Says nothing of order, kind or owner (I7). */
export const newId = (): string => randomBytes(16).toString('hex');

/** A secret for a cookie or a link: 256 random bits, base64url. Only its hash is stored. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** SHA-256 as lower-case hex. */
export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');
