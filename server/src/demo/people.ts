import type { AccountsService, Actor, Role } from '../features/accounts/index.js';
import type { Huvudman, Provider } from '../features/contracts/index.js';

/** Nobody real: in the demo a person is called as the role is. */
const ROLE_NAMES: Readonly<Record<Role, string>> = {
  VERKSAMHETSCHEF: 'Verksamhetschef',
  ENHETSCHEF: 'Enhetschef',
  MEDARBETARE: 'Medarbetare',
  AVTALSANSVARIG: 'Avtalsansvarig',
  UPPFOLJARE: 'Uppföljare',
  MAS: 'MAS',
  MAR: 'MAR',
  SAS: 'SAS',
  KLG: 'Kontorsledningsgrupp',
  DIREKTOR: 'Direktör',
  ADMINISTRATOR: 'Administratör',
  NAMND: 'Nämnd',
};

const slug = (role: Role): string => role.toLowerCase();

/** A demo person at a huvudman. Demo key: `kson-avtalsansvarig`. */
export function huvudmanPerson(accounts: AccountsService, huvudman: Huvudman, role: Role): Promise<Actor> {
  const demoKey = `${huvudman.key}-${slug(role)}`;
  return accounts.createUserWithMembership({
    ...{ email: `${slug(role)}@${huvudman.key}.example`, name: ROLE_NAMES[role], demoKey },
    memberships: [{ role, organisation: huvudman.name, huvudmanId: huvudman.id }],
  });
}

/** Where a provider's demo person works. `key` starts the demo key: `kundvalet-1-verksamhetschef`. */
export interface ProviderPlace {
  readonly key: string;
  readonly provider: Provider;
  /** Who invited the verksamhetschef. */
  readonly huvudman: Huvudman;
  readonly unitId?: string;
}

/** A demo person at a provider. */
export function providerPerson(accounts: AccountsService, { key, provider, huvudman, unitId }: ProviderPlace, role: Role): Promise<Actor> {
  return accounts.createUserWithMembership({
    ...{ email: `${slug(role)}@${key}.example`, name: ROLE_NAMES[role], demoKey: `${key}-${slug(role)}` },
    memberships: [
      {
        ...{ role, organisation: provider.name, providerId: provider.id, unitId: unitId ?? null },
        byHuvudmanId: role === 'VERKSAMHETSCHEF' ? huvudman.id : null,
      },
    ],
  });
}
