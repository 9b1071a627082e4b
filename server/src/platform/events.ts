/**
 * Events between features, inside the transaction that causes them: a listener's failure rolls the cause back, so a projection can't
 * drift from what it follows. What goes out to people (subscriptions, mail) is published after the commit, through Topics.
 */
export interface EventType<Payload> {
  readonly name: string;
  /** Only carries the type. */
  readonly payload?: Payload;
}

export const defineEvent = <Payload>(name: string): EventType<Payload> => ({ name });

type Listener<Payload> = (payload: Payload) => Promise<void>;

export class Events {
  private readonly listeners = new Map<string, Listener<unknown>[]>();

  on<Payload>(type: EventType<Payload>, listener: Listener<Payload>): void {
    const list = this.listeners.get(type.name) ?? [];
    list.push(listener as Listener<unknown>);
    this.listeners.set(type.name, list);
  }

  /** Call inside `tx`. Listeners run one after the other, in the order they were added. */
  async emit<Payload>(type: EventType<Payload>, payload: Payload): Promise<void> {
    for (const listener of this.listeners.get(type.name) ?? []) await listener(payload);
  }
}
