import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { mayReadMetrics } from './metricsEndpoint.js';

const request = (remoteAddress: string, headers: IncomingMessage['headers']): Pick<IncomingMessage, 'headers' | 'socket'> =>
  ({ headers: { host: '127.0.0.1:3000', ...headers }, socket: { remoteAddress } }) as Pick<IncomingMessage, 'headers' | 'socket'>;

describe('who may read the metrics', () => {
  it('this machine may, without a token', () => {
    expect(mayReadMetrics(request('127.0.0.1', {}), '')).toBe(true);
    expect(mayReadMetrics(request('::1', { host: 'localhost:3000' }), 'hemlig')).toBe(true);
  });

  it('others only with the token', () => {
    expect(mayReadMetrics(request('10.0.0.8', {}), 'hemlig')).toBe(false);
    expect(mayReadMetrics(request('10.0.0.8', { authorization: 'Bearer hemlig' }), 'hemlig')).toBe(true);
    expect(mayReadMetrics(request('10.0.0.8', { authorization: 'Bearer fel' }), 'hemlig')).toBe(false);
    expect(mayReadMetrics(request('10.0.0.8', { authorization: 'Bearer ' }), '')).toBe(false);
  });

  it('what a proxy on this machine carries comes from elsewhere', () => {
    expect(mayReadMetrics(request('127.0.0.1', { 'x-forwarded-for': '203.0.113.9' }), '')).toBe(false);
    expect(mayReadMetrics(request('127.0.0.1', { host: 'samsyn.example' }), '')).toBe(false);
  });
});
