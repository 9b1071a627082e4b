import { GraphQLScalarType } from 'graphql';
import { GraphQLDate, GraphQLDateTime } from 'graphql-scalars';

/** A calendar date, `YYYY-MM-DD`, as a string on both sides: it has no time zone. */
export const DateScalar = new GraphQLScalarType({
  name: 'Date',
  description: 'Ett kalenderdatum i Sverige, ÅÅÅÅ-MM-DD.',
  serialize: (value) => (value instanceof Date ? value.toISOString().slice(0, 10) : String(value)),
  parseValue: (value) => {
    GraphQLDate.parseValue(value);
    return String(value);
  },
});

/** An instant, RFC 3339 in UTC. */
export const DateTimeScalar = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  description: 'En tidpunkt, RFC 3339 i UTC.',
  serialize: (value) => new Date(value as string | Date).toISOString(),
  parseValue: (value) => GraphQLDateTime.parseValue(value) as Date,
});

/** Bytes as standard base64 with padding. Inside the server: Uint8Array. */
export const BytesScalar = new GraphQLScalarType<Uint8Array, string>({
  name: 'Bytes',
  description: 'Byte som base64 (RFC 4648 §4, med utfyllnad).',
  serialize: (value) => {
    const bytes = value as Uint8Array;
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  },
  parseValue: (value) => {
    if (typeof value !== 'string') throw new TypeError('Bytes must be a base64 string');
    const bytes = Buffer.from(value, 'base64');
    if (bytes.toString('base64') !== value) throw new TypeError('Bytes must be standard base64');
    return new Uint8Array(bytes);
  },
});
