import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig, sqlitePath } from './config.js';

const faultsOf = (env: Record<string, string>): readonly string[] => {
  try {
    loadConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
};

describe('configuration', () => {
  it('needs nothing: the embedded database, loopback, no demo', () => {
    const config = loadConfig({});
    expect(config).toMatchObject({ port: 3000, host: '127.0.0.1', demo: false, databaseUrl: '', redisUrl: '' });
    expect(sqlitePath(config)).toMatch(/data\/samsyn\.sqlite$/);
  });

  it('names every fault at once', () => {
    const faults = faultsOf({ PORT: 'many', DATABASE_URL: 'postgres://x', MAX_BODY_BYTES: '1', LOG_LEVEL: 'loud' });
    expect(faults.map((fault) => fault.split(':')[0])).toEqual(['PORT', 'DATABASE_URL', 'LOG_LEVEL', 'MAX_BODY_BYTES']);
  });

  it('keeps demo mode on loopback', () => {
    expect(faultsOf({ DEMO: '1', HOST: '0.0.0.0', PUBLIC_URL: 'https://samsyn.example' })).toEqual([
      expect.stringMatching(/^DEMO:/),
      expect.stringMatching(/^DEMO:/),
    ]);
    expect(faultsOf({ DEMO: '1', PUBLIC_URL: 'https://samsyn.example' })).toEqual([expect.stringMatching(/^DEMO:/)]);
    expect(loadConfig({ DEMO: '1' }).demo).toBe(true);
  });

  it('takes plain http on loopback only, and needs an address elsewhere', () => {
    expect(faultsOf({ PUBLIC_URL: 'http://samsyn.example' })).toEqual([expect.stringMatching(/^PUBLIC_URL: must be https/)]);
    expect(faultsOf({ HOST: '0.0.0.0' })).toEqual([expect.stringMatching(/^PUBLIC_URL: must be set/)]);
    expect(loadConfig({ PUBLIC_URL: 'http://127.0.0.1:8080/' }).publicUrl).toBe('http://127.0.0.1:8080');
  });

  it('says so when a secret file is not there', () => {
    expect(faultsOf({ DATABASE_URL: 'mysql://samsyn@db/samsyn', DATABASE_PASSWORD_FILE: '/nowhere/at/all' })).toEqual([
      expect.stringMatching(/^DATABASE_PASSWORD_FILE: ENOENT/),
    ]);
  });
});
