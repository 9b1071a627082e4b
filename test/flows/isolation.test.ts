import { addCause } from '@samsyn/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from '../harness/client.js';
import { act, plansOf, type PlanRow } from '../harness/plans.js';
import { TestServer } from '../harness/startServer.js';
import { Writer } from '../harness/writer.js';

const SECRET = 'hemligtutkastsomingenfårse';
const ALL_OF_PLAN = `query($id: ID!) { plan(id: $id) { id state shared sharedAt openedAt revision updatedAt partsDone acts nextAct
  content { canonicalJson contentHash } revisions { canonicalJson } decisions { id } timeline { act text at } latestReturn { grounds } } }`;
const EVENTS = `subscription($id: ID!) { documentEvents(documentId: $id) { kind seq canRead updates { update } checkpoint { update } presence { name } } }`;
const ADMINISTRATION = ['avtalsansvarig', 'uppfoljare', 'mas', 'mar', 'sas', 'klg', 'direktor', 'administrator', 'namnd'].map(
  (role) => `kson-${role}`,
);

describe('I7: nobody sees what is not theirs', () => {
  let server: TestServer;
  let chief: Client;
  let plan: PlanRow;
  const clients: Client[] = [];
  const as = async (key: string): Promise<Client> => {
    const client = await server.as(key);
    clients.push(client);
    return client;
  };

  beforeAll(async () => {
    server = await TestServer.start();
    chief = await as('kundvalet-1-verksamhetschef');
    plan = (await plansOf(chief)).get('kv-3') as PlanRow;
    await act(chief, 'openPlan', { planId: plan.id });
    const tab = await Writer.open(chief, plan.id);
    await tab.edit((doc) => addCause(doc, { text: SECRET }));
  });
  afterAll(async () => {
    for (const client of clients) await client.close();
    await server.stop();
  });

  it('the förvaltning sees of a private draft that it is opened, and by no road anything else', async () => {
    for (const key of ADMINISTRATION) {
      const viewer = await as(key);
      const answer = await viewer.try<{ plan: Record<string, unknown> }>(ALL_OF_PLAN, { id: plan.id });
      expect(JSON.stringify(answer), key).not.toContain(SECRET);
      if (answer.data?.plan) {
        expect(answer.data.plan, key).toMatchObject({
          state: 'DRAFT',
          shared: false,
          content: null,
          partsDone: [],
          revisions: [],
          decisions: [],
        });
      }
      const events = viewer.subscribe(EVENTS, { id: plan.id });
      expect(await events.failure(), key).toContain('NOT_FOUND');
      for (const mutation of [
        `mutation { takeLease(input: { documentId: "${plan.id}" }) { __typename } }`,
        `mutation { setPresence(input: { documentId: "${plan.id}" }) }`,
        `query { documentContentHash(documentId: "${plan.id}") { contentHash } }`,
        `mutation { pushUpdate(input: { documentId: "${plan.id}", epoch: 0, lease: 5, n: 1, update: "AAA=" }) { __typename } }`,
      ]) {
        expect(await viewer.denied(mutation), `${key} ${mutation}`).toBe('NOT_FOUND');
      }
    }
  });

  it('typing in a private draft moves nothing that the förvaltning can watch', async () => {
    const viewer = await as('kson-avtalsansvarig');
    const before = await viewer.try(ALL_OF_PLAN, { id: plan.id });
    const changes = viewer.subscribe('subscription { plansChanged { planId at } }');
    await viewer.overSocket('{ me { id } }');
    const tab = await Writer.open(chief, plan.id);
    for (let i = 0; i < 5; i++) await tab.edit((doc) => addCause(doc, { text: `orsak ${i}` }));
    await viewer.overSocket('{ me { id } }');
    expect(changes.all).toEqual([]);
    expect(await viewer.try(ALL_OF_PLAN, { id: plan.id })).toEqual(before);
    // Nor does it tell when the draft was opened: that is the provider's own.
    const { plan: seen } = await viewer.ask<{ plan: { updatedAt: string; demand: { issuedAt: string } } }>(
      'query($id: ID!) { plan(id: $id) { updatedAt demand { issuedAt } } }',
      { id: plan.id },
    );
    expect(seen.updatedAt).toBe(seen.demand.issuedAt);
  });

  it('another provider, another huvudman and the provider’s other customers learn nothing', async () => {
    for (const key of ['sabo-1-verksamhetschef', 'exempel-avtalsansvarig', 'exempel-administrator']) {
      const stranger = await as(key);
      const unknown = await stranger.try(ALL_OF_PLAN, { id: 'f'.repeat(32) });
      expect(await stranger.try(ALL_OF_PLAN, { id: plan.id }), key).toEqual(unknown);
      for (const name of ['openPlan', 'sharePlan', 'takeBackPlan']) {
        const type = `${name[0]?.toUpperCase()}${name.slice(1)}`;
        expect(
          await stranger.denied(`mutation($i: ${type}Input!) { ${name}(input: $i) { __typename } }`, { i: { planId: plan.id } }),
          `${key} ${name}`,
        ).toBe('NOT_FOUND');
      }
      const lists = await stranger.try<{ plans: { nodes: { id: string }[] } }>('{ plans(first: 100) { nodes { id } } }');
      expect(lists.data?.plans?.nodes.map(({ id }) => id) ?? []).not.toContain(plan.id);
      expect(JSON.stringify(await stranger.try('{ auditEntries(first: 100) { nodes { summary subjectId } } }'))).not.toContain(plan.id);
    }
  });

  it('a provider with contracts in two huvudmän sees both; neither huvudman sees the other', async () => {
    const own = await plansOf(chief);
    const { myHuvudmen } = await chief.ask<{ myHuvudmen: { key: string }[] }>('{ myHuvudmen { key } }');
    expect(myHuvudmen.map(({ key }) => key).sort()).toEqual(['exempel', 'kson']);
    const here = await plansOf(await as('kson-avtalsansvarig'));
    const there = await plansOf(await as('exempel-avtalsansvarig'));
    expect([...there.values()].filter(({ id }) => [...here.values()].some((row) => row.id === id))).toEqual([]);
    const mineThere = [...own.values()].filter(({ id }) => [...there.values()].some((row) => row.id === id));
    expect(mineThere.length).toBeGreaterThan(0);
  });

  it('a huvudman that invites somebody to a provider lets them into its own matters, and into no other’s', async () => {
    const admin = await as('exempel-administrator');
    const other = [...(await plansOf(await as('exempel-avtalsansvarig'))).values()][0] as PlanRow;
    const { plan: theirs } = await (
      await as('exempel-avtalsansvarig')
    ).ask<{ plan: { demand: { provider: { id: string } } } }>('query($id: ID!) { plan(id: $id) { demand { provider { id } } } }', {
      id: other.id,
    });
    const invited = await admin.ask<{ inviteUser: { link: string } }>(
      'mutation($input: InviteUserInput!) { inviteUser(input: $input) { ... on InviteUserPayload { link } } }',
      {
        input: {
          email: 'ny.chef@exempel.example',
          name: 'Verksamhetschef',
          role: 'VERKSAMHETSCHEF',
          providerId: theirs.demand.provider.id,
        },
      },
    );
    const newcomer = new Client(server.url);
    clients.push(newcomer);
    await newcomer.ask(
      'mutation($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { __typename ... on Refusal { code faults { code } } } }',
      { input: { token: invited.inviteUser.link.split('/').pop(), name: 'Verksamhetschef', password: 'ett ganska långt lösenord' } },
    );
    const seen = [...(await plansOf(newcomer)).values()].map(({ id }) => id);
    expect(seen).toContain(other.id);
    expect(seen).not.toContain(plan.id);
    expect(await newcomer.try(ALL_OF_PLAN, { id: plan.id })).toEqual(await newcomer.try(ALL_OF_PLAN, { id: 'f'.repeat(32) }));
    expect((await newcomer.ask<{ myHuvudmen: { key: string }[] }>('{ myHuvudmen { key } }')).myHuvudmen.map(({ key }) => key)).toEqual([
      'exempel',
    ]);
    const { users } = await newcomer.ask<{ users: { email: string }[] }>('{ users { email } }');
    expect(users.map(({ email }) => email)).toEqual(['ny.chef@exempel.example']);
  });

  it('when shared, the förvaltning gets what stands there, not what was deleted before', async () => {
    const tab = await Writer.open(chief, plan.id);
    await tab.edit((doc) => {
      const causes = doc.getMap('causes');
      for (const id of [...causes.keys()]) causes.delete(id);
    });
    await tab.edit((doc) => addCause(doc, { text: 'Det här får läsas.' }));
    expect((await act(chief, 'sharePlan', { planId: plan.id })).plan?.state).toBe('DRAFT');
    const viewer = await as('kson-avtalsansvarig');
    for (const have of [null, 0, 1]) {
      const events = viewer.subscribe<{ documentEvents: { updates: { update: string }[]; checkpoint: { update: string } | null } }>(
        'subscription($id: ID!, $have: Int) { documentEvents(documentId: $id, haveSeq: $have) { updates { update } checkpoint { update } } }',
        { id: plan.id, have },
      );
      const { documentEvents } = await events.until(() => true);
      const raw = [documentEvents.checkpoint?.update ?? '', ...documentEvents.updates.map(({ update }) => update)]
        .map((text) => Buffer.from(text, 'base64').toString('utf8'))
        .join('');
      expect(raw).toContain('Det här får läsas.');
      expect(raw).not.toContain(SECRET);
      events.stop();
    }
  });
});
