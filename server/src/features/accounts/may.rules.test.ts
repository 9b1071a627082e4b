import { describe, expect, it } from 'vitest';
import { SIDE_OF_ROLE, type Actor, type Membership, type Role } from './accounts.model.js';
import { capabilities, huvudmenWhere, may, providersOf, snapshot, type Act, type Subject } from './may.rules.js';

const HOME = 'huvudman-1';
const PROVIDER = 'provider-1';
const ROLES = Object.keys(SIDE_OF_ROLE) as Role[];

function membership(role: Role, changes: Partial<Membership> = {}): Membership {
  const side = SIDE_OF_ROLE[role];
  const place = side === 'PROVIDER' ? { huvudmanId: null, providerId: PROVIDER } : { huvudmanId: HOME, providerId: null };
  return { id: `m-${role}`, role, side, organisation: 'Exempel', unitId: null, withinHuvudmanId: null, ...place, ...changes };
}
const actor = (...memberships: Membership[]): Actor => ({ userId: 'u', name: 'Ada Exempel', sessionId: 's', memberships });

/**
 * DOMAIN "Who" and DESIGN §3 as a table. Rows: an act and the circumstances; columns: roles. x: may.
 *                                 förvaltning                                    nämnd  utförare
 */
const COLUMNS: Role[] =
  'AVTALSANSVARIG UPPFOLJARE MAS MAR SAS KLG DIREKTOR ADMINISTRATOR NAMND VERKSAMHETSCHEF ENHETSCHEF MEDARBETARE'.split(' ') as Role[];
const TABLE: [act: Act, when: Partial<Subject>, marks: string][] = [
  // AA UP MAS MAR SAS KLG DIR ADM | NÄ | VC EC ME
  ['assessment.read', {}, 'xxxxxxxx x ---'],
  ['assessment.decide', {}, 'x------- - ---'],
  ['assessment.fix', {}, '------x- - ---'],
  ['import', {}, 'x------x - ---'],
  ['audit.read', {}, 'x-----xx - ---'],
  ['demand.issue', {}, 'x------- - ---'],
  ['users.manage', {}, '-------x - x--'],
  ['plan.see', {}, 'xxxxxxxx x xxx'],
  ['plan.see', { shared: true }, 'xxxxxxxx x xxx'],
  ['plan.readLog', {}, '------xx - x--'],
  ['plan.read', {}, '-------- - xxx'],
  ['plan.read', { shared: false }, '-------- - xxx'],
  ['plan.read', { shared: true }, 'xxxxxxx- - xxx'],
  ['plan.comment', { shared: false }, '-------- - xxx'],
  ['plan.comment', { shared: true }, 'xxxxxxx- - xxx'],
  ['plan.write', { shared: false }, '-------- - xxx'],
  ['plan.write', { shared: true }, 'xxxx---- - xxx'],
  ['plan.open', { shared: true }, '-------- - x--'],
  ['plan.share', { shared: true }, '-------- - x--'],
  ['plan.submit', { shared: true }, '-------- - x--'],
  ['plan.takeBack', { shared: true }, '-------- - x--'],
  ['plan.review', { shared: true }, '-------- - ---'],
  ['plan.review', { shared: true, track: 'AVTAL' }, 'x------- - ---'],
  ['plan.review', { shared: true, track: 'HSL' }, '--xx---- - ---'],
  ['plan.withdraw', {}, 'x------- - ---'],
  ['plan.setDeadline', {}, 'x------- - ---'],
  ['plan.setDeadline', { track: 'AVTAL' }, 'x------- - ---'],
  ['plan.setDeadline', { track: 'HSL' }, 'x-xx---- - ---'],
  ['plan.reportMeasure', { shared: true }, '-------- - xxx'],
  ['plan.report', { shared: true }, '-------- - x--'],
  ['plan.verify', { shared: true }, '-------- - ---'],
  ['plan.verify', { shared: true, track: 'AVTAL' }, 'x------- - ---'],
  ['plan.verify', { shared: true, track: 'HSL' }, '--xx---- - ---'],
  ['plan.followUp', { shared: true, track: 'AVTAL' }, 'x------- - ---'],
  ['plan.followUp', { shared: true, track: 'HSL' }, 'x-xx---- - ---'],
  ['plan.escalate', { shared: false }, '-------- - ---'],
  ['plan.escalate', { shared: true }, 'x-xx-xx- - ---'],
];

describe('may', () => {
  const cases = TABLE.flatMap(([act, when, marks]) =>
    COLUMNS.map((role, column) => ({ act, when, role, allowed: marks.replaceAll(' ', '')[column] === 'x' })),
  );

  it('is asked for every role and every act', () => {
    expect(new Set(COLUMNS)).toEqual(new Set(ROLES));
    expect(TABLE.every(([, , marks]) => marks.replaceAll(' ', '').length === ROLES.length)).toBe(true);
    expect(new Set(TABLE.map(([act]) => act)).size).toBe(24);
  });

  it.each(cases)('$role $act $when: $allowed', ({ act, when, role, allowed }) => {
    const own = membership(role);
    const answer = may(actor(own), act, { huvudmanId: HOME, providerId: PROVIDER, ...when });
    expect(answer).toEqual(allowed ? own : null);
  });

  it.each(cases)('I7: $role at another huvudman or provider may not $act $when', ({ act, when, role }) => {
    const elsewhere = SIDE_OF_ROLE[role] === 'PROVIDER' ? { providerId: 'provider-2' } : { huvudmanId: 'huvudman-2' };
    expect(may(actor(membership(role, elsewhere)), act, { huvudmanId: HOME, providerId: PROVIDER, ...when })).toBeNull();
  });

  it('I7: says no to a provider when the subject names none, and to the förvaltning when it concerns no huvudman', () => {
    expect(may(actor(membership('VERKSAMHETSCHEF')), 'plan.read', { huvudmanId: HOME })).toBeNull();
    expect(may(actor(membership('ADMINISTRATOR')), 'users.manage', { huvudmanId: null, providerId: PROVIDER })).toBeNull();
    expect(may(actor(membership('VERKSAMHETSCHEF', { providerId: null })), 'plan.read', { huvudmanId: HOME })).toBeNull();
    expect(may(actor(membership('MAS', { huvudmanId: null })), 'plan.see', { huvudmanId: null })).toBeNull();
  });

  it.each([
    ['VERKSAMHETSCHEF', null, ['unit-1'], true],
    ['VERKSAMHETSCHEF', 'unit-2', ['unit-1'], true],
    ['ENHETSCHEF', 'unit-1', ['unit-1', 'unit-2'], true],
    ['ENHETSCHEF', 'unit-3', ['unit-1', 'unit-2'], false],
    ['ENHETSCHEF', null, ['unit-1'], false],
    ['ENHETSCHEF', 'unit-1', [], true],
    ['MEDARBETARE', 'unit-3', ['unit-1'], false],
    ['MEDARBETARE', 'unit-1', ['unit-1'], true],
    ['MEDARBETARE', null, ['unit-1'], true],
  ] as const)('%s of unit %s writes a plan that names %j: %s', (role, unitId, unitIds, allowed) => {
    const answer = may(actor(membership(role, { unitId })), 'plan.write', { huvudmanId: HOME, providerId: PROVIDER, unitIds });
    expect(answer !== null).toBe(allowed);
  });

  it('names the membership that allows, not the first one', () => {
    const mas = membership('MAS');
    expect(may(actor(membership('NAMND'), mas), 'plan.review', { huvudmanId: HOME, track: 'HSL' })).toBe(mas);
  });
});

describe('what is made from memberships', () => {
  it('snapshot names the person in the capacity of that membership, and nothing that identifies the session', () => {
    const { organisation, role, side } = membership('MAR');
    expect(snapshot(actor(), membership('MAR'))).toEqual({ userId: 'u', name: 'Ada Exempel', role, side, organisation });
  });

  it('huvudmenWhere gives each huvudman once, and no provider role any', () => {
    const person = actor(
      membership('MAS'),
      membership('MAR'),
      membership('SAS', { huvudmanId: 'huvudman-2' }),
      membership('NAMND', { huvudmanId: 'huvudman-3' }),
      membership('VERKSAMHETSCHEF'),
    );
    expect(huvudmenWhere(person, 'plan.read')).toEqual([HOME, 'huvudman-2']);
    expect(huvudmenWhere(person, 'plan.review')).toEqual([HOME]);
    expect(huvudmenWhere(person, 'assessment.read')).toEqual([HOME, 'huvudman-2', 'huvudman-3']);
    expect(huvudmenWhere(actor(membership('VERKSAMHETSCHEF')), 'plan.see')).toEqual([]);
  });

  it('providersOf gives each provider once, and none to the förvaltning', () => {
    const two = membership('MEDARBETARE', { providerId: 'provider-2' });
    expect(providersOf(actor(membership('ENHETSCHEF'), membership('MEDARBETARE'), two, membership('MAS')))).toEqual([
      PROVIDER,
      'provider-2',
    ]);
  });

  it.each([
    ['VERKSAMHETSCHEF', ['SEE_PLANS', 'MANAGE_USERS']],
    ['ENHETSCHEF', ['SEE_PLANS']],
    ['MEDARBETARE', ['SEE_PLANS']],
    ['AVTALSANSVARIG', ['SEE_ASSESSMENT', 'SEE_PLANS', 'REVIEW_PLANS', 'IMPORT', 'SEE_AUDIT']],
    ['UPPFOLJARE', ['SEE_ASSESSMENT', 'SEE_PLANS']],
    ['MAS', ['SEE_ASSESSMENT', 'SEE_PLANS', 'REVIEW_PLANS']],
    ['MAR', ['SEE_ASSESSMENT', 'SEE_PLANS', 'REVIEW_PLANS']],
    ['SAS', ['SEE_ASSESSMENT', 'SEE_PLANS']],
    ['KLG', ['SEE_ASSESSMENT', 'SEE_PLANS']],
    ['DIREKTOR', ['SEE_ASSESSMENT', 'SEE_PLANS', 'SEE_AUDIT']],
    ['ADMINISTRATOR', ['SEE_ASSESSMENT', 'SEE_PLANS', 'IMPORT', 'MANAGE_USERS', 'SEE_AUDIT']],
    ['NAMND', ['SEE_ASSESSMENT', 'SEE_PLANS']],
  ] as const)('capabilities of %s', (role, expected) => {
    expect(capabilities(actor(membership(role)))).toEqual(expected);
  });
});
