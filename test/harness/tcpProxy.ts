import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A wire to a database or a Redis that a test can stop or cut. */
export class TcpProxy {
  private readonly pairs = new Set<readonly [Socket, Socket]>();
  private readonly server: Server;
  private paused = false;
  private away = false;
  port = 0;

  private constructor(
    private readonly host: string,
    private readonly toPort: number,
  ) {
    this.server = createServer({ pauseOnConnect: true }, (near) => this.join(near));
  }

  /** @param url of what is behind; its host and port are where the proxy leads */
  static async to(url: string): Promise<TcpProxy> {
    const { hostname, port } = new URL(url);
    const proxy = new TcpProxy(hostname, Number(port));
    await new Promise<void>((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
    proxy.port = (proxy.server.address() as AddressInfo).port;
    return proxy;
  }

  /** The same URL by way of the proxy. */
  url(direct: string): string {
    const url = new URL(direct);
    url.host = `127.0.0.1:${this.port}`;
    return url.href;
  }

  /** Nothing gets through, and nobody is told. */
  pause(): void {
    this.paused = true;
    for (const pair of this.pairs) for (const end of pair) end.pause();
  }

  resume(): void {
    this.paused = false;
    for (const pair of this.pairs) for (const end of pair) end.resume();
  }

  /** Every connection breaks, and new ones are refused. */
  cut(): void {
    this.away = true;
    for (const pair of this.pairs) for (const end of pair) end.resetAndDestroy();
  }

  mend(): void {
    this.away = false;
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private join(near: Socket): void {
    if (this.away) {
      near.resetAndDestroy();
      return;
    }
    const far = connect(this.toPort, this.host);
    const pair = [near, far] as const;
    this.pairs.add(pair);
    for (const [from, into] of [
      [near, far],
      [far, near],
    ] as const) {
      from.setNoDelay(true);
      from.on('error', () => undefined);
      // By hand: a pipe would start reading again by itself.
      from.on('data', (chunk) => void into.write(chunk));
      from.on('close', () => {
        this.pairs.delete(pair);
        into.destroy();
      });
      if (this.paused) from.pause();
      else from.resume();
    }
  }
}
